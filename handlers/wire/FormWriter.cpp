#include "wire/FormWriter.h"

#include "base/Utf8.h"
#include "format/PythonText.h"

namespace sluice {

namespace {

constexpr char digits[] = "0123456789ABCDEF";

bool isSafe(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
           c == '-' || c == '~';
}

void appendQuoted(std::string_view bytes, std::string &out)
{
    for (const char c : bytes) {
        if (isSafe(c))
            out += c;
        else if (c == ' ')
            out += '+';
        else
            out += {'%', digits[static_cast<unsigned char>(c) >> 4], digits[c & 15]};
    }
}

/// False: it has lone surrogates.
bool appendQuoted(const Value &value, std::string &scratch, std::string &out)
{
    if (value.kind() == Value::Kind::Bytes) {
        appendQuoted(value.chars(), out);
        return true;
    }
    if (!value.isText()) {
        scratch.clear();
        python::appendStr(scratch, value);
    }
    const std::string_view text = value.isText() ? value.chars() : std::string_view(scratch);
    if (!utf8::isValid(text, utf8::Surrogates::Refuse))
        return false;
    appendQuoted(text, out);
    return true;
}

} // namespace

Status appendForm(std::span<const Field> fields, std::string &out)
{
    const std::size_t begin = out.size();
    std::string scratch;
    for (const Field &field : fields) {
        if (out.size() > begin)
            out += '&';
        bool good = appendQuoted(field.key, scratch, out);
        out += '=';
        good = good && appendQuoted(field.value, scratch, out);
        if (!good) {
            out.resize(begin);
            return Error{"The record has lone surrogates, which a form cannot carry."};
        }
    }
    return {};
}

} // namespace sluice
