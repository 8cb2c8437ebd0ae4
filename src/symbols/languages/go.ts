import type { Language } from './language.ts';

const query = `
(package_clause (package_identifier) @name) @def.module
(function_declaration name: (identifier) @name) @def.function
(method_declaration
  receiver: (parameter_list (parameter_declaration type: [
    (type_identifier) @container
    (pointer_type (type_identifier) @container)
    (generic_type type: (type_identifier) @container)
    (pointer_type (generic_type type: (type_identifier) @container))]))
  name: (field_identifier) @name) @def.method
(method_declaration name: (field_identifier) @name) @def.method
(method_elem name: (field_identifier) @name) @def.method
(type_spec name: (type_identifier) @name type: (struct_type)) @def.struct
(type_spec name: (type_identifier) @name type: (interface_type)) @def.interface
(type_spec name: (type_identifier) @name) @def.type
(type_alias name: (type_identifier) @name) @def.type
(field_declaration name: (field_identifier) @name) @def.field
(field_declaration !name type: [(type_identifier) @name (qualified_type name: (type_identifier) @name)]) @def.field
(field_declaration !name type: (generic_type type: (type_identifier) @name)) @def.field
(source_file (const_declaration (const_spec name: (identifier) @name) @def.constant))
(source_file (var_declaration (var_spec name: (identifier) @name) @def.variable))
(source_file (var_declaration (var_spec_list (var_spec name: (identifier) @name) @def.variable)))

(call_expression function: [(identifier) @call (selector_expression field: (field_identifier) @call)])
(call_expression function: (parenthesized_expression [(identifier) @call (selector_expression field: (field_identifier) @call)]))
(call_expression function: (index_expression operand: [(identifier) @call (selector_expression field: (field_identifier) @call)]))
(type_conversion_expression type: (generic_type type: [(type_identifier) @call (qualified_type name: (type_identifier) @call)]))

(import_spec path: (_) @module) @import

[(identifier) (type_identifier) (field_identifier) (package_identifier) (label_name)] @ref
(ERROR) @error
`;

export const go: Language = { ids: ['go'], grammar: 'go', query };
