import { defineConfig } from 'vitepress'
import { inlinePictures } from '../src/site/inline-pictures.ts'
import { navigation, sidebar } from '../src/site/navigation.ts'

/** Address of the site on its host, with a slash at both ends. */
const base = process.env['DOCS_BASE'] ?? '/'

export default defineConfig({
  title: 'quantrx',
  description:
    'Post-training integer quantization of .tflite models in TypeScript, in Node and in the browser.',
  lang: 'en',
  base,
  head: [['link', { rel: 'icon', href: `${base}icon.svg` }]],
  srcExclude: ['README.md', 'src/**'],
  lastUpdated: false,
  // The playground is a site of its own, which the build puts beside the pages.
  ignoreDeadLinks: [/^\/playground\//],
  markdown: { config: inlinePictures, theme: { light: 'github-light-high-contrast', dark: 'github-dark' } },
  vite: {
    // Pages of the reference are long.
    build: { chunkSizeWarningLimit: 2000 },
  },
  themeConfig: {
    nav: navigation(),
    sidebar: sidebar(),
    search: {
      provider: 'local',
      options: {
        // Hundreds of kernels would bury what people look for.
        _render: (source, environment, markdown) =>
          environment.relativePath.startsWith('api/@quantrx/kernels')
            ? ''
            : markdown.render(source, environment),
      },
    },
    outline: { level: [2, 3] },
    docFooter: { prev: 'Before', next: 'Next' },
    footer: { message: 'Apache-2.0. Figures on these pages name the command that prints them.' },
  },
})
