export default { optimizeDeps: { exclude: ["spoor"] } };
