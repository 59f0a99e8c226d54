/* The switch of languages leads to the section that the reader is at. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.course-language");
  if (!link) return;
  const top = (element) => element.getBoundingClientRect().top;
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named && top(named) > -10 && top(named) < window.innerHeight) {
    link.hash = location.hash;
    return;
  }
  // Sections come in their order; the first is the whole page.
  const above = [...document.querySelectorAll("article section[id]")].filter(
    (section) => top(section) < 120
  );
  link.hash = above.length > 1 ? above.at(-1).id : "";
});
