import type { Language } from './language.ts';

const query = `
(namespace_definition name: (namespace_name) @name) @def.module
(class_declaration name: (name) @name) @def.class
(interface_declaration name: (name) @name) @def.interface
(trait_declaration name: (name) @name) @def.trait
(enum_declaration name: (name) @name) @def.enum
(enum_case name: (name) @name) @def.enumerator
(function_definition name: (name) @name) @def.function
(method_declaration name: (name) @name) @def.method
(const_element . (name) @name) @def.constant
(property_element name: (variable_name (name) @name)) @def.property
(property_promotion_parameter name: (variable_name (name) @name)) @def.property
(program (expression_statement (assignment_expression left: (variable_name (name) @name))) @def.variable)
(function_call_expression function: (name) @_define arguments: (arguments . (argument (string (string_content) @name)))
  (#eq? @_define "define")) @def.constant

(function_call_expression function: [(name) @call (qualified_name (name) @call .) (relative_name (name) @call .)])
(function_call_expression function: (parenthesized_expression (member_access_expression name: (name) @call)))
(member_call_expression name: (name) @call)
(nullsafe_member_call_expression name: (name) @call)
(scoped_call_expression name: (name) @call)
(object_creation_expression [(name) @call (qualified_name (name) @call .) (relative_name (name) @call .)])

(namespace_use_clause . [(name) (qualified_name)] @module) @import
(require_expression [(string (string_content) @module) (encapsed_string (string_content) @module)]) @import
(require_once_expression [(string (string_content) @module) (encapsed_string (string_content) @module)]) @import
(include_expression [(string (string_content) @module) (encapsed_string (string_content) @module)]) @import
(include_once_expression [(string (string_content) @module) (encapsed_string (string_content) @module)]) @import

(name) @ref
(ERROR) @error
`;

export const php: Language = { ids: ['php'], grammar: 'php', query };
