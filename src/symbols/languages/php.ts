import type { Language } from './language.ts';

const text = '[(string (string_content) @module) (encapsed_string (string_content) @module)]';
/** What is put together begins in the file's own folder: `__DIR__ . '/b.php'`. */
const included = ['require', 'require_once', 'include', 'include_once']
  .flatMap((word) => [
    `(${word}_expression ${text}) @import`,
    `(${word}_expression (parenthesized_expression ${text})) @import`,
    `(${word}_expression (binary_expression left: (name) @_here right: ${text}) (#eq? @_here "__DIR__")) @import`,
  ])
  .join('\n');

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
${included}

(name) @ref
(ERROR) @error
`;

export const php: Language = { ids: ['php'], grammar: 'php', query };
