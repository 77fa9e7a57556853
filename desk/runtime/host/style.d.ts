/** Style sheets come as text: the server's bundler does that. */
declare module "*.css" {
  const text: string;
  export default text;
}
