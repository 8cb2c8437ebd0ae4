import type { Language } from './language.ts';

const query = `
(class_definition name: (identifier) @name) @def.class
(class_definition body: (block (function_definition name: (identifier) @name) @def.method))
(class_definition body: (block (decorated_definition definition: (function_definition name: (identifier) @name) @def.method)))
(function_definition name: (identifier) @name) @def.function
(class_definition body: (block (expression_statement (assignment left: (identifier) @name) @def.variable)))
(class_definition body: (block (expression_statement (assignment left: (pattern_list (identifier) @name)) @def.variable)))
(module (expression_statement (assignment left: (identifier) @name) @def.variable))
(module (expression_statement (assignment left: [(pattern_list (identifier) @name) (tuple_pattern (identifier) @name)]) @def.variable))
(expression_statement (assignment right: (assignment left: (identifier) @name) @def.variable))
(module (_ (block (expression_statement (assignment left: (identifier) @name) @def.variable))))
(module (_ (_ (block (expression_statement (assignment left: (identifier) @name) @def.variable)))))
(type_alias_statement left: (type (identifier) @name)) @def.type

(call function: [(identifier) @call (attribute attribute: (identifier) @call)])
(call function: (subscript value: [(identifier) @call (attribute attribute: (identifier) @call)]))
(call function: (list_splat (identifier) @call))
(call function: (parenthesized_expression [(identifier) @call (attribute attribute: (identifier) @call)]))

(import_statement name: [(dotted_name) @module (aliased_import name: (dotted_name) @module)]) @import
(import_from_statement module_name: (_) @module) @import
(future_import_statement) @import

(identifier) @ref
(ERROR) @error
`;

export const python: Language = { ids: ['python'], grammar: 'python', query };
