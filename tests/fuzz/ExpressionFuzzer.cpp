// Filter expressions as people and strangers type them: nothing crashes, leaks or hangs, errors have their place within the
// text, what is read survives being printed and read, and completion is possible anywhere.
#include "Require.h"

#include "filter/ExpressionCompleter.h"
#include "filter/ExpressionEvaluator.h"
#include "filter/RecordSubject.h"
#include "record/Level.h"
#include "record/LogRecordBatch.h"

#include <array>

using namespace sluice;

namespace {

const LogRecord &sample()
{
    static LogRecordBatch batch;
    static const std::array<Value, 2> items{Value::text("slow"), Value::integer(7)};
    static const std::array<Field, 2> nested{Field{Value::text("id"), Value::integer(42)}, Field{Value::text("name"), Value::text("Ann")}};
    static const std::array<Field, 3> extra{Field{Value::text("user"), Value::dict(nested)}, Field{Value::text("elapsed_ms"), Value::real(0.5)},
                                            Field{Value::text("tags"), Value::sequence(Value::Kind::List, items)}};
    if (batch.empty()) {
        LogRecord &record = batch.add();
        record.set(Attribute::Name, Value::text("app.db"));
        record.set(Attribute::Msg, Value::text("Straße %s 500"));
        record.set(Attribute::Args, Value::text("x"));
        record.set(Attribute::Levelno, Value::integer(level::Error));
        record.set(Attribute::Levelname, Value::text("ERROR"));
        record.set(Attribute::Created, Value::real(1.7e9));
        record.extra = extra;
    }
    return batch.records()[0];
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    static const ExpressionCompleter completer(nullptr, nullptr);
    const std::size_t caret = size == 0 ? 0 : data[0] % (size + 1);
    const ExpressionCompletion completion = completer.complete(text, caret);
    SLUICE_REQUIRE(completion.replaced.at <= caret && completion.replaced.end() <= size && completion.replaced.end() >= caret);

    ExpressionPlace place;
    const Result<Expression> expression = Expression::parse(text, &place);
    if (!expression) {
        SLUICE_REQUIRE(!expression.error().text.empty());
        SLUICE_REQUIRE(place.offset + place.length <= size);
        return 0;
    }
    const std::string printed = expression->print();
    const Result<Expression> again = Expression::parse(printed);
    // Quoting makes it longer.
    SLUICE_REQUIRE(again.ok() || printed.size() > Expression::maxBytes);
    if (again.ok())
        SLUICE_REQUIRE(*again == *expression && again->print() == printed);

    RecordSubject subject;
    subject.set(sample());
    const bool matches = ExpressionEvaluator(*expression, 1).matches(subject);
    if (again.ok())
        SLUICE_REQUIRE(ExpressionEvaluator(*again, 1).matches(subject) == matches);
    if (const auto required = expression->requiredText(); required && matches && required->inText) {
        bool isThere = false;
        for (const auto &literal : required->literals)
            isThere = isThere || literal->isIn(subject.message()) || (required->orInLogger && literal->isIn(subject.logger()));
        SLUICE_REQUIRE(isThere);
    }
    for (const TextRange &range : expression->foundIn(subject.message()))
        SLUICE_REQUIRE(range.end() <= subject.message().size());
    return 0;
}
