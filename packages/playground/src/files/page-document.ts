/** Stands in for a DOM library in reports that are drawn in a page, which has a DOM: a new document, apart from the one shown. */
export const parseHTML = (): { readonly document: Document } => ({
  document: document.implementation.createHTMLDocument(),
})
