import type { Language } from './language.ts';

const query = `
(module name: [(constant) @name (scope_resolution name: (constant) @name)]) @def.module
(class name: [(constant) @name (scope_resolution name: (constant) @name)]) @def.class
(method name: [(identifier) (constant) (operator) (setter)] @name) @def.method
(singleton_method name: [(identifier) (constant) (operator) (setter)] @name) @def.method
(assignment left: (constant) @name) @def.constant
(assignment left: (left_assignment_list (constant) @name)) @def.constant
(alias name: (identifier) @name) @def.method
(alias alias: (identifier) @use)
(undef (identifier) @use)
(call method: (identifier) @_attr arguments: (argument_list (simple_symbol) @name @def.property)
  (#match? @_attr "^(attr_accessor|attr_reader|attr_writer|attr)$"))
(call method: (identifier) @_define arguments: (argument_list . (simple_symbol) @name)
  (#match? @_define "^(define_method|alias_method)$")) @def.method

(call method: [(identifier) (constant)] @call)
(call receiver: (constant) @call method: (identifier) @_new (#eq? @_new "new"))
(call receiver: (scope_resolution name: (constant) @call) method: (identifier) @_new (#eq? @_new "new"))

(call method: (identifier) @_require arguments: (argument_list . (string (string_content) @module))
  (#match? @_require "^(require|require_relative|load)$")) @import
(call method: (identifier) @_autoload arguments: (argument_list . (_) . (string (string_content) @module))
  (#eq? @_autoload "autoload")) @import

(assignment left: (identifier) @local)
(operator_assignment left: (identifier) @local)
(left_assignment_list (identifier) @local)
(method_parameters (identifier) @local)
(block_parameters (identifier) @local)
(lambda_parameters (identifier) @local)
(destructured_parameter (identifier) @local)
(optional_parameter name: (identifier) @local)
(keyword_parameter name: (identifier) @local)
(splat_parameter name: (identifier) @local)
(hash_splat_parameter name: (identifier) @local)
(block_parameter name: (identifier) @local)
(exception_variable (identifier) @local)
(for pattern: (identifier) @local)
(rest_assignment (identifier) @local)

[(identifier) (constant) (instance_variable) (class_variable) (global_variable) (simple_symbol) (hash_key_symbol)] @ref
(ERROR) @error
`;

export const ruby: Language = { ids: ['ruby'], grammar: 'ruby', query, bareCalls: true };
