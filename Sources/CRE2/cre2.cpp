#include "cre2.h"

#include <re2/re2.h>

#include <string>

struct cre2_expression {
    RE2 expression;
};

static RE2::Options options(bool bytes, bool lines, size_t memory) {
    RE2::Options result;
    result.set_log_errors(false);
    result.set_never_capture(true);
    result.set_never_nl(lines);
    result.set_max_mem(static_cast<int64_t>(memory));
    if (bytes) result.set_encoding(RE2::Options::EncodingLatin1);
    return result;
}

cre2_expression *cre2_compile(const char *text, size_t length, bool bytes, bool lines, size_t memory) {
    std::string pattern(lines ? "(?m)" : "");
    pattern.append(text, length);
    return new cre2_expression{RE2(pattern, options(bytes, lines, memory))};
}

const char *cre2_error(const cre2_expression *expression) {
    return expression->expression.ok() ? nullptr : expression->expression.error().c_str();
}

bool cre2_matches(
    const cre2_expression *expression, const char *subject, size_t length, size_t start, size_t end
) {
    return expression->expression.Match(
        re2::StringPiece(subject, length), start, end, RE2::UNANCHORED, nullptr, 0);
}

void cre2_free(cre2_expression *expression) {
    delete expression;
}
