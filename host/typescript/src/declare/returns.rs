//! The return statements and variables of a function's own body.

use oxc::ast::ast::{BindingPattern, Expression, Statement, TSType, VariableDeclaration};

/// A variable: what is written about it.
#[derive(Clone, Copy)]
pub(crate) struct Variable<'n, 's> {
    pub(crate) name: &'n str,
    pub(crate) annotation: Option<&'n TSType<'s>>,
    pub(crate) value: Option<&'n Expression<'s>>,
}

/// What the body of a function returns and declares; functions inside it are left out.
#[derive(Default)]
pub(crate) struct Body<'n, 's> {
    /// The values of its return statements; none for a bare `return`.
    pub(crate) returns: Vec<Option<&'n Expression<'s>>>,
    pub(crate) variables: Vec<Variable<'n, 's>>,
}

impl<'n, 's> Body<'n, 's> {
    pub(crate) fn of(statements: &'n [Statement<'s>]) -> Body<'n, 's> {
        let mut body = Body::default();
        body.statements(statements);
        body
    }

    fn statements(&mut self, statements: &'n [Statement<'s>]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &'n Statement<'s>) {
        match statement {
            Statement::ReturnStatement(found) => self.returns.push(found.argument.as_ref()),
            Statement::VariableDeclaration(found) => self.variables(found),
            Statement::BlockStatement(block) => self.statements(&block.body),
            Statement::IfStatement(found) => {
                self.statement(&found.consequent);
                if let Some(otherwise) = &found.alternate {
                    self.statement(otherwise);
                }
            }
            Statement::ForStatement(found) => self.statement(&found.body),
            Statement::ForInStatement(found) => self.statement(&found.body),
            Statement::ForOfStatement(found) => self.statement(&found.body),
            Statement::WhileStatement(found) => self.statement(&found.body),
            Statement::DoWhileStatement(found) => self.statement(&found.body),
            Statement::LabeledStatement(found) => self.statement(&found.body),
            Statement::SwitchStatement(found) => {
                for case in &found.cases {
                    self.statements(&case.consequent);
                }
            }
            Statement::TryStatement(found) => {
                self.statements(&found.block.body);
                if let Some(handler) = &found.handler {
                    self.statements(&handler.body.body);
                }
                if let Some(finalizer) = &found.finalizer {
                    self.statements(&finalizer.body);
                }
            }
            _ => {}
        }
    }

    fn variables(&mut self, found: &'n VariableDeclaration<'s>) {
        for one in &found.declarations {
            if let BindingPattern::BindingIdentifier(id) = &one.id {
                self.variables.push(Variable {
                    name: id.name.as_str(),
                    annotation: one.type_annotation.as_deref().map(|note| &note.type_annotation),
                    value: one.init.as_ref(),
                });
            }
        }
    }
}
