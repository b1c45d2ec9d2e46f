// Shows the document of this server; nothing is asked of any other.
window.addEventListener("load", () => {
  SwaggerUIBundle({
    url: "api/v1/openapi.json",
    dom_id: "#operations",
    deepLinking: true,
    // Hundreds of operations: shut until asked for, and found by the name of what they are about.
    docExpansion: "none",
    filter: true,
    defaultModelsExpandDepth: -1,
    displayRequestDuration: true,
    validatorUrl: null,
  });
});
