/* The switch of languages leads to the section that the reader is at. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.course-language");
  if (!link) return;
  const above = [...document.querySelectorAll("article section[id]")].filter(
    (section) => section.getBoundingClientRect().top < 120
  );
  // Sections come in their order; the first is the whole page.
  link.hash = above.length > 1 ? above.at(-1).id : "";
});
