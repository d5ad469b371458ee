// What is to be copied is selected as a whole
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(".copy")) target.select();
});
