// A picture as PNG: drawn from its SVG on a canvas and saved. Without this, the SVG alone is there.
"use strict";
for (const link of document.querySelectorAll("a[data-png]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = link.dataset.png;
  button.addEventListener("click", () => {
    const picture = new Image();
    picture.addEventListener("load", () => {
      const canvas = document.createElement("canvas");
      canvas.width = 2 * picture.naturalWidth;
      canvas.height = 2 * picture.naturalHeight;
      const on = canvas.getContext("2d");
      on.fillStyle = "white";
      on.fillRect(0, 0, canvas.width, canvas.height);
      on.drawImage(picture, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => {
        const save = document.createElement("a");
        save.href = URL.createObjectURL(blob);
        save.download = link.download.replace(/svg$/, "png");
        save.click();
        URL.revokeObjectURL(save.href);
      }, "image/png");
    });
    picture.src = link.href;
  });
  link.after(" ", button);
}
