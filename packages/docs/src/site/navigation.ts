import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DefaultTheme } from 'vitepress'
import { apiLinks } from '../reference/entry-points.ts'
import { site, workspace } from '../workspace.ts'
import { pageFacts } from './page-facts.ts'

/** The folders of pages in the order in which one reads them, and what they are called. */
const sections: Readonly<Record<string, string>> = {
  start: 'Start',
  guides: 'Stage by stage',
  extend: 'Write your own',
  concepts: 'Concepts',
  kernels: 'Under the hood',
  reference: 'Reference',
}

/** The bar above all pages. */
export function navigation(): DefaultTheme.NavItem[] {
  const playground = existsSync(join(workspace, 'packages/playground/index.html'))
  return [
    { text: 'Start', link: firstPage('start') },
    { text: 'Guides', link: firstPage('guides') },
    { text: 'Concepts', link: firstPage('concepts') },
    { text: 'Command line', link: '/generated/command-line' },
    { text: 'API', link: '/api/' },
    ...(playground ? [{ text: 'Playground', link: '/playground/', target: '_self' }] : []),
  ]
}

/** All pages, as the folders have them, beside every page. */
export function sidebar(): DefaultTheme.SidebarItem[] {
  const written = Object.entries(sections).map(([folder, text]) => ({ text, items: pagesOf(folder) }))
  const generated = pagesOf('generated')
  return [
    ...written.map((section) =>
      section.text === 'Reference' ? { ...section, items: [...generated, ...section.items] } : section,
    ),
    { text: 'API', collapsed: true, link: '/api/', items: [...apiLinks()] },
  ]
}

const firstPage = (folder: string): string => pagesOf(folder)[0]?.link ?? '/'

function pagesOf(folder: string): { text: string; link: string }[] {
  return readdirSync(join(site, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => ({ link: `/${folder}/${name.slice(0, -3)}`, ...pageFacts(join(site, folder, name)) }))
    .sort((a, b) => a.order - b.order || a.title.localeCompare(b.title))
    .map(({ title, link }) => ({ text: title, link }))
}
