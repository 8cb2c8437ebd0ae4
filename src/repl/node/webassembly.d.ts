/** The part of the WebAssembly API in use; TypeScript has it only in its DOM library. */
declare namespace WebAssembly {
  interface Module {
    readonly [Symbol.toStringTag]: string;
  }
  interface Instance {
    readonly exports: object;
  }
  type Imports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  const Module: { imports(module: Module): readonly { readonly module: string; readonly name: string }[] };
  const Instance: { new (module: Module, imports: Imports): Instance };
  function compile(bytes: Uint8Array): Promise<Module>;
}
