import DefaultTheme from 'vitepress/theme'
import { h } from 'vue'
import mark from '../../generated/pictures/mark.svg?raw'
import './style.css'

export default {
  extends: DefaultTheme,
  Layout: () =>
    h(DefaultTheme.Layout, null, {
      'home-hero-image': () =>
        h('div', { class: 'hero-mark image-src', 'aria-hidden': 'true', innerHTML: mark }),
    }),
}
