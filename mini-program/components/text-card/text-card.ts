Component({ props: { title: "", text: "" } });
