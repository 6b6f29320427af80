#pragma once

#include "filter/ExpressionField.h"
#include "filter/TextSearcher.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// What may stand at a place in an expression: for a list below the field where it is typed.
struct ExpressionCompletion
{
    enum class Kind : std::uint8_t { Field, Operator, Value, Joint };

    struct Candidate
    {
        Kind kind = Kind::Field;
        std::string text; ///< goes to the place, with a space behind it where more must follow
        std::string help; ///< one line, may be empty
    };

    /// What a candidate takes the place of, in bytes; around the caret.
    TextRange replaced;
    std::vector<Candidate> candidates;
};

/// Completes expressions.
class ExpressionCompleter
{
public:
    static constexpr std::size_t maxCandidates = 50;

    /// What has been seen in records: names of extra fields ("request.user.id"), and values of a field, as text, the
    /// commonest first. Called at once, on the caller's thread; must be quick. Either may be empty.
    using SeenFields = std::function<std::vector<std::string>()>;
    using SeenValues = std::function<std::vector<std::string>(const ExpressionField &)>;

    ExpressionCompleter(SeenFields fields, SeenValues values)
        : m_fields(std::move(fields)), m_values(std::move(values))
    {
    }

    /// `caret`: in bytes, from the beginning of the text.
    ExpressionCompletion complete(std::string_view text, std::size_t caret) const;

private:
    void addFields(std::string_view typed, ExpressionCompletion &out) const;
    void addValues(const ExpressionField &field, std::string_view typed, bool quoted, ExpressionCompletion &out) const;

    SeenFields m_fields;
    SeenValues m_values;
};

} // namespace sluice
