// What @vitejs/plugin-react does as well: no file has to import React for its JSX.
export default { esbuild: { jsx: "automatic" } };
