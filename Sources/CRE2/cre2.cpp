#include "cre2.h"

#include <re2/re2.h>

#include <cstdint>
#include <string>

struct cre2_expression {
    RE2 expression;
};

static RE2::Options options(bool bytes, bool lines, bool groups, size_t memory) {
    RE2::Options result;
    result.set_log_errors(false);
    result.set_never_capture(!groups);
    result.set_never_nl(lines);
    result.set_max_mem(static_cast<int64_t>(memory));
    if (bytes) result.set_encoding(RE2::Options::EncodingLatin1);
    return result;
}

cre2_expression *cre2_compile(
    const char *text, size_t length, bool bytes, bool lines, bool groups, size_t memory
) {
    std::string pattern(lines ? "(?m)" : "");
    pattern.append(text, length);
    return new cre2_expression{RE2(pattern, options(bytes, lines, groups, memory))};
}

const char *cre2_error(const cre2_expression *expression) {
    return expression->expression.ok() ? nullptr : expression->expression.error().c_str();
}

size_t cre2_size(const cre2_expression *expression) {
    return static_cast<size_t>(expression->expression.ProgramSize());
}

bool cre2_matches(
    const cre2_expression *expression, const char *subject, size_t length, size_t start, size_t end
) {
    return expression->expression.Match(
        re2::StringPiece(subject, length), start, end, RE2::UNANCHORED, nullptr, 0);
}

bool cre2_find(
    const cre2_expression *expression, const char *subject, size_t length, size_t start, size_t end,
    size_t positions[4]
) {
    re2::StringPiece found[2];
    const int count = expression->expression.NumberOfCapturingGroups() > 0 ? 2 : 1;
    if (!expression->expression.Match(
            re2::StringPiece(subject, length), start, end, RE2::UNANCHORED, found, count))
        return false;
    for (int index = 0; index < 2; index++) {
        const char *begin = found[index].data();
        positions[2 * index] = begin ? begin - subject : SIZE_MAX;
        positions[2 * index + 1] = begin ? begin - subject + found[index].size() : SIZE_MAX;
    }
    return true;
}

void cre2_free(cre2_expression *expression) {
    delete expression;
}
