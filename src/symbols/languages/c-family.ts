import type { Language } from './language.ts';

const shared = `
(function_definition declarator: (_) @declarator) @def.function
(declaration declarator: (function_declarator) @declarator) @def.prototype
(declaration declarator: (pointer_declarator declarator: (function_declarator)) @declarator) @def.prototype
(translation_unit (declaration declarator: (_) @declarator) @def.variable)
(preproc_ifdef (declaration declarator: (_) @declarator) @def.variable)
(preproc_if (declaration declarator: (_) @declarator) @def.variable)
(preproc_else (declaration declarator: (_) @declarator) @def.variable)
(linkage_specification (declaration_list (declaration declarator: (_) @declarator) @def.variable))
(linkage_specification (declaration declarator: (_) @declarator) @def.variable)
(struct_specifier name: (type_identifier) @name body: (_)) @def.struct
(union_specifier name: (type_identifier) @name body: (_)) @def.struct
(enum_specifier name: (type_identifier) @name body: (_)) @def.enum
(enumerator name: (identifier) @name) @def.enumerator
(type_definition declarator: (_) @declarator) @def.type
(field_declaration declarator: (_) @declarator) @def.field
(preproc_def name: (identifier) @name) @def.macro
(preproc_function_def name: (identifier) @name) @def.macro

(call_expression function: [(identifier) @call (field_expression field: (field_identifier) @call)])
(call_expression function: (parenthesized_expression [(identifier) @call (field_expression field: (field_identifier) @call)]))
(call_expression function: (parenthesized_expression (pointer_expression argument: [(identifier) @call (field_expression field: (field_identifier) @call)])))

(preproc_include path: (_) @module) @import
(preproc_arg) @raw
[(identifier) (type_identifier) (field_identifier) (statement_identifier)] @ref
(ERROR) @error
`;

const cpp = `
(namespace_definition name: (namespace_identifier) @name) @def.module
(namespace_definition name: (nested_namespace_specifier (namespace_identifier) @name .)) @def.module
(class_specifier name: (type_identifier) @name body: (_)) @def.class
(class_specifier name: (template_type name: (type_identifier) @name) body: (_)) @def.class
(struct_specifier name: (template_type name: (type_identifier) @name) body: (_)) @def.struct
(class_specifier name: (qualified_identifier name: (type_identifier) @name) body: (_)) @def.class
(struct_specifier name: (qualified_identifier name: (type_identifier) @name) body: (_)) @def.struct
(enum_specifier name: (qualified_identifier name: (type_identifier) @name) body: (_)) @def.enum
(field_declaration_list (function_definition declarator: (_) @declarator) @def.method)
(field_declaration_list (template_declaration (function_definition declarator: (_) @declarator) @def.method))
(field_declaration_list (declaration declarator: (_) @declarator) @def.method)
(alias_declaration name: (type_identifier) @name) @def.type
(concept_definition name: (identifier) @name) @def.type
(declaration_list (declaration declarator: (_) @declarator) @def.variable)

(call_expression function: (template_function name: (identifier) @call))
(call_expression function: (field_expression field: (template_method name: (field_identifier) @call)))
(call_expression function: (field_expression field: (dependent_name (template_method name: (field_identifier) @call))))
(call_expression function: (qualified_identifier) @call.last)
(call_expression function: (field_expression field: (qualified_identifier) @call.last))
(new_expression type: [(type_identifier) @call (template_type name: (type_identifier) @call) (qualified_identifier) @call.last])
(compound_literal_expression type: [(type_identifier) @call (template_type name: (type_identifier) @call) (qualified_identifier) @call.last])

(using_declaration (_) @module) @import
(namespace_identifier) @ref
`;

export const cFamily: readonly Language[] = [
  { ids: ['c'], grammar: 'c', query: shared },
  { ids: ['cpp', 'cuda-cpp'], grammar: 'cpp', query: cpp + shared },
];
