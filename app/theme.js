// The theme that the reader chose earlier, before the first frame, so that nothing flashes. It stands inside the page's head.

// Storage may be forbidden, and then the system's theme stays.
try {
  const { theme } = localStorage;
  if (theme) document.documentElement.dataset.theme = theme;
} catch {}
