#ifndef CRE2_H
#define CRE2_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled regular expression of RE2, which has an interface for C++ only.
typedef struct cre2_expression cre2_expression;

/// Compiles `text`; `cre2_error` says whether that went well.
///
/// `bytes`: pattern and subject are bytes (Latin-1), else UTF-8. `lines`: `^` and `$` match at each
/// line, and nothing matches a line feed. `groups`: what the first group matched can be asked for.
/// `memory`: the bytes that the automaton may take.
cre2_expression *cre2_compile(
    const char *text, size_t length, bool bytes, bool lines, bool groups, size_t memory);

/// Why the expression cannot be used; null when it can. Lives as long as the expression.
const char *cre2_error(const cre2_expression *expression);

/// How many instructions the expression is. A byte of a subject costs up to as many steps.
size_t cre2_size(const cre2_expression *expression);

/// True when the expression matches anywhere from `start` to `end` of the subject, in time linear in
/// their distance. What lies around them says whether a line, a word or the text begins or ends there.
bool cre2_matches(
    const cre2_expression *expression, const char *subject, size_t length, size_t start, size_t end);

/// The same, and where: `positions` are the start and the end of the first match and of its first group;
/// SIZE_MAX for a group that there is not.
bool cre2_find(
    const cre2_expression *expression, const char *subject, size_t length, size_t start, size_t end,
    size_t positions[4]);

void cre2_free(cre2_expression *expression);

#ifdef __cplusplus
}
#endif

#endif
