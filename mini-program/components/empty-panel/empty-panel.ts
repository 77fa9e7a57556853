Component({ props: { title: "", advice: "", compact: false } });
