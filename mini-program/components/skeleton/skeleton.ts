Component({ props: { shape: "list", text: "" } });
