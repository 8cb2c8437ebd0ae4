import type { Language } from './language.ts';

const shared = `
(function_declaration name: (identifier) @name) @def.function
(generator_function_declaration name: (identifier) @name) @def.function
(variable_declarator name: (identifier) @name value: [(arrow_function) (function_expression) (generator_function)]) @def.function
(variable_declarator name: (identifier) @name value: (class)) @def.class
(assignment_expression
  left: [(identifier) @name (member_expression property: [(property_identifier) (private_property_identifier)] @name)]
  right: [(arrow_function) (function_expression) (generator_function)]) @def.function
(assignment_expression left: [(identifier) @name (member_expression property: (property_identifier) @name)] right: (class)) @def.class
(pair key: [(property_identifier) @name (string (string_fragment) @name)]
  value: [(arrow_function) (function_expression) (generator_function)]) @def.method
(method_definition name: [(property_identifier) (private_property_identifier)] @name) @def.method
(method_definition name: (string (string_fragment) @name)) @def.method
(program (lexical_declaration (variable_declarator name: (identifier) @name) @def.variable))
(program (variable_declaration (variable_declarator name: (identifier) @name) @def.variable))
(export_statement (lexical_declaration (variable_declarator name: (identifier) @name) @def.variable))
(export_statement (variable_declaration (variable_declarator name: (identifier) @name) @def.variable))

(call_expression function: [(identifier) @call (member_expression property: [(property_identifier) (private_property_identifier)] @call)])
(call_expression function: (parenthesized_expression [
  (identifier) @call
  (member_expression property: [(property_identifier) (private_property_identifier)] @call)
  (sequence_expression [(identifier) @call (member_expression property: (property_identifier) @call)] .)]))
(new_expression constructor: [(identifier) @call (member_expression property: [(property_identifier) (private_property_identifier)] @call)])
(new_expression constructor: (parenthesized_expression [(identifier) @call (member_expression property: (property_identifier) @call)]))

(import_statement source: (string (string_fragment) @module)) @import
(export_statement source: (string (string_fragment) @module)) @import
(lexical_declaration (variable_declarator
  value: (call_expression function: (identifier) @_require arguments: (arguments (string (string_fragment) @module))))
  (#eq? @_require "require")) @import
(variable_declaration (variable_declarator
  value: (call_expression function: (identifier) @_require arguments: (arguments (string (string_fragment) @module))))
  (#eq? @_require "require")) @import
(call_expression function: (identifier) @_require arguments: (arguments . (string (string_fragment) @module) .)
  (#eq? @_require "require")) @import
(call_expression function: (import) arguments: (arguments (string (string_fragment) @module))) @import

[(identifier) (property_identifier) (private_property_identifier) (shorthand_property_identifier)
 (shorthand_property_identifier_pattern) (statement_identifier)] @ref
(ERROR) @error
`;

const javascript = `
(class_declaration name: (identifier) @name) @def.class
(field_definition property: [(property_identifier) (private_property_identifier)] @name
  value: [(arrow_function) (function_expression)]) @def.method
(field_definition property: [(property_identifier) (private_property_identifier)] @name) @def.field
`;

const typescript = `
(class_declaration name: (type_identifier) @name) @def.class
(abstract_class_declaration name: (type_identifier) @name) @def.class
(interface_declaration name: (type_identifier) @name) @def.interface
(type_alias_declaration name: (type_identifier) @name) @def.type
(enum_declaration name: (identifier) @name) @def.enum
(enum_body name: (property_identifier) @name @def.enumerator)
(enum_assignment name: (property_identifier) @name) @def.enumerator
(internal_module name: [(identifier) @name (nested_identifier property: (property_identifier) @name)]) @def.module
(module name: [(identifier) @name (nested_identifier property: (property_identifier) @name)]) @def.module
(module name: (string (string_fragment) @name)) @def.module
(function_signature name: (identifier) @name) @def.function
(abstract_method_signature name: (property_identifier) @name) @def.method
(method_signature name: (property_identifier) @name) @def.method
(property_signature name: (property_identifier) @name) @def.property
(public_field_definition name: [(property_identifier) (private_property_identifier)] @name
  value: [(arrow_function) (function_expression)]) @def.method
(public_field_definition name: [(property_identifier) (private_property_identifier)] @name) @def.property
(required_parameter (accessibility_modifier) pattern: (identifier) @name) @def.property
(optional_parameter (accessibility_modifier) pattern: (identifier) @name) @def.property
(ambient_declaration (lexical_declaration (variable_declarator name: (identifier) @name) @def.variable))
(ambient_declaration (variable_declaration (variable_declarator name: (identifier) @name) @def.variable))
(internal_module body: (statement_block (lexical_declaration (variable_declarator name: (identifier) @name) @def.variable)))
(call_expression function: (non_null_expression [(identifier) @call (member_expression property: (property_identifier) @call)]))
(call_expression function: (parenthesized_expression [
  (as_expression . [(identifier) @call (member_expression property: (property_identifier) @call)])
  (satisfies_expression . [(identifier) @call (member_expression property: (property_identifier) @call)])]))
(new_expression constructor: (parenthesized_expression
  (as_expression . [(identifier) @call (member_expression property: (property_identifier) @call)])))
(call_expression function: (instantiation_expression function: (identifier) @call))
(import_require_clause source: (string (string_fragment) @module)) @import
(type_identifier) @ref
`;

/** What a file with elements cannot hold: `<any>f` begins one. */
const assertions = `
(call_expression function: (parenthesized_expression
  (type_assertion [(identifier) @call (member_expression property: (property_identifier) @call)] .)))
`;

export const scriptLanguages: readonly Language[] = [
  { ids: ['javascript', 'javascriptreact'], grammar: 'javascript', query: javascript + shared },
  { ids: ['typescript'], grammar: 'typescript', query: typescript + assertions + shared },
  { ids: ['typescriptreact'], grammar: 'tsx', query: typescript + shared },
];
