/** A user name; those made from members are long, so that the end is left out where there is no room. */
export function Login({ text }: { text: string }) {
  return (
    <span className="console-cell-quiet console-login" title={text}>
      {text}
    </span>
  );
}
