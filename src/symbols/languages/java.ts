import type { Language } from './language.ts';

const query = `
(package_declaration [(identifier) (scoped_identifier)] @name) @def.module
(class_declaration name: (identifier) @name) @def.class
(record_declaration name: (identifier) @name) @def.class
(interface_declaration name: (identifier) @name) @def.interface
(annotation_type_declaration name: (identifier) @name) @def.interface
(enum_declaration name: (identifier) @name) @def.enum
(enum_constant name: (identifier) @name) @def.enumerator
(method_declaration name: (identifier) @name) @def.method
(annotation_type_element_declaration name: (identifier) @name) @def.method
(constructor_declaration name: (identifier) @name) @def.constructor
(compact_constructor_declaration name: (identifier) @name) @def.constructor
(field_declaration declarator: (variable_declarator name: (identifier) @name)) @def.field
(constant_declaration declarator: (variable_declarator name: (identifier) @name)) @def.constant
(record_declaration parameters: (formal_parameters (formal_parameter name: (identifier) @name) @def.field))

(method_invocation name: (identifier) @call)
(object_creation_expression type: [
  (type_identifier) @call
  (generic_type [(type_identifier) @call (scoped_type_identifier (type_identifier) @call .)])
  (scoped_type_identifier (type_identifier) @call .)])

(import_declaration [(identifier) (scoped_identifier)] @module) @import

[(identifier) (type_identifier)] @ref
(ERROR) @error
`;

export const java: Language = { ids: ['java'], grammar: 'java', query };
