import type { Language } from './language.ts';

/** `all(…)`, `any(…)` and `not(…)` of a condition look like calls, as deep as one nests them. */
const conditions = [1, 2, 3, 4]
  .map((depth) => {
    const inside = `${'(token_tree '.repeat(depth)}(identifier) @use${')'.repeat(depth)}`;
    return `(attribute (identifier) @_cfg arguments: ${inside} (#match? @_cfg "^cfg(_attr)?$"))`;
  })
  .join('\n');

const query = `
(impl_item type: [(type_identifier) @name (generic_type type: (type_identifier) @name)
  (scoped_type_identifier name: (type_identifier) @name)
  (reference_type type: (type_identifier) @name)]) @scope
(impl_item body: (declaration_list (function_item name: (identifier) @name) @def.method))
(trait_item body: (declaration_list (function_item name: (identifier) @name) @def.method))
(function_item name: (identifier) @name) @def.function
(function_signature_item name: (identifier) @name) @def.method
(struct_item name: (type_identifier) @name) @def.struct
(union_item name: (type_identifier) @name) @def.struct
(enum_item name: (type_identifier) @name) @def.enum
(enum_variant name: (identifier) @name) @def.enumerator
(trait_item name: (type_identifier) @name) @def.trait
(mod_item name: (identifier) @name) @def.module
(const_item name: (identifier) @name) @def.constant
(static_item name: (identifier) @name) @def.variable
(type_item name: (type_identifier) @name) @def.type
(associated_type name: (type_identifier) @name) @def.type
(field_declaration name: (field_identifier) @name) @def.field
(macro_definition name: (identifier) @name) @def.macro

(call_expression function: [
  (identifier) @call
  (field_expression field: (field_identifier) @call)
  (scoped_identifier name: (identifier) @call)
  (generic_function function: [
    (identifier) @call
    (field_expression field: (field_identifier) @call)
    (scoped_identifier name: (identifier) @call)])])
(call_expression function: (parenthesized_expression [
  (identifier) @call
  (field_expression field: (field_identifier) @call)
  (unary_expression [(identifier) @call (field_expression field: (field_identifier) @call)])]))
(macro_invocation macro: [(identifier) @call (scoped_identifier name: (identifier) @call)])
(token_tree (identifier) @call . (token_tree . "("))
(token_tree (identifier) @call . "::" . "<" . (_) . ">" . (token_tree . "("))
(token_tree (identifier) @call . "!" . (token_tree))

${conditions}

(use_declaration argument: (_) @module) @import
(extern_crate_declaration name: (identifier) @module) @import
(mod_item name: (identifier) @module !body) @import

[(identifier) (type_identifier) (field_identifier) (shorthand_field_identifier)] @ref
(ERROR) @error
`;

export const rust: Language = { ids: ['rust'], grammar: 'rust', query };
