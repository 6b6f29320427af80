#include "capture/Capture.h"
#include "capture/CaptureMatcher.h"
#include "capture/PageSearch.h"
#include "capture/RowSubject.h"
#include "capture/SampleRecords.h"
#include "filter/RecordSubject.h"
#include "support/Patience.h"

#include <random>

using namespace sluice;
using namespace sluice::test;

namespace {

/// Expressions and records of all shapes, out of few words, so that they meet.
class Maker
{
public:
    explicit Maker(unsigned seed) : m_random(seed) {}

    std::string expression(int depth = 0)
    {
        switch (depth < 3 ? pick(7) : 3 + pick(4)) {
        case 0:
            return "(" + expression(depth + 1) + " and " + expression(depth + 1) + ")";
        case 1:
            return "(" + expression(depth + 1) + " or " + expression(depth + 1) + ")";
        case 2:
            return "not " + expression(depth + 1);
        case 3:
            return quoted(word());
        case 4:
            return "/" + one({"t[io]+m", "^a", "b$", "x+", "app|pool", "\\\\d+"}) + (pick(2) ? "/" : "/i");
        default:
            return comparison();
        }
    }

    void addRecordTo(LogRecordBatch &batch)
    {
        Arena &arena = batch.arena();
        LogRecord &record = addRecord(batch, one({"app", "app.db", "app.db.pool", "Straße", "timeout"}),
                                      int(pick(12)) * 5, word() + " " + word(), double(1'700'000'000 + pick(100'000)));
        if (pick(4) == 0) {
            const std::span<Value> args = arena.allocateArray<Value>(1);
            args[0] = value(arena, 9);
            record.set(Attribute::Msg, Value::text("%s and %%"));
            record.set(Attribute::Args, Value::sequence(Value::Kind::Tuple, args));
        }
        if (pick(3) == 0)
            record.set(Attribute::ExcText, Value::text(arena.copy("Traceback\n" + word())));
        if (pick(5) == 0)
            record.set(Attribute::Lineno, value(arena, 9));
        if (pick(5) == 0)
            record.set(Attribute::TaskName, Value::text(arena.copy(word())));
        const std::span<Field> extra = arena.allocateArray<Field>(pick(4));
        for (std::size_t i = 0; i < extra.size(); ++i)
            extra[i] = {Value::text(arena.copy(std::string(names[(i + pick(2)) % 4]))), value(arena, 0)};
        record.extra = extra;
    }

private:
    static constexpr const char *names[] = {"user", "elapsed_ms", "a.b", "items"};

    std::size_t pick(std::size_t below) { return m_random() % below; }
    std::string one(std::initializer_list<const char *> words) { return *(words.begin() + pick(words.size())); }
    std::string word()
    {
        return one({"timeout", "Timeout", "pool", "app", "x", "42", "7.5", "true", "none", "über", "ÜBER", "ann bob", "a\"b", ""});
    }
    std::string quoted(const std::string &text)
    {
        std::string out = "\"";
        for (const char c : text)
            out += c == '"' ? std::string("\\\"") : std::string(1, c);
        return out + "\"";
    }

    std::string comparison()
    {
        switch (pick(5)) {
        case 0:
            return "level " + one({"==", "!=", "<", "<=", ">", ">="}) + " " + one({"DEBUG", "WARNING", "ERROR", "25"});
        case 1:
            return "time " + one({"==", "!=", "<", "<=", ">", ">="}) + " " +
                   one({"23:30", "2023-11-15", "1700050000", "now-30m", "2023-11-15T03:00Z"});
        case 2:
            return "time in " + one({"22:00..03:00", "2023-11-15..2023-11-16", "10:00..11:00"});
        case 3:
            return "logger in (" + one({"app", "app.db"}) + ", " + one({"timeout", "none"}) + ")";
        default:
            return one({"message", "text", "logger", "source", "level", "lineno", "extra.user", "elapsed_ms", "a.b", "extra.items", "user.id", "items.0",
                        "exc_text", "extra", "taskName", "filename", "threadName", "msg", "args"}) +
                   one({" contains ", " startswith ", " endswith ", " not contains "}) + quoted(word());
        case 4:
            return one({"message", "text", "logger", "source", "lineno", "extra.user", "elapsed_ms", "extra.items", "user.id", "items.0", "taskName",
                        "exc_text", "args", "process"}) +
                   one({" == ", " != ", " < ", " >= "}) + one({"42", "7.5", "\"42\"", "timeout", "50ms", "true", "none", "\"\""});
        }
    }

    Value value(Arena &arena, int depth)
    {
        switch (pick(depth < 3 ? 9 : 7)) {
        case 0:
            return Value::none();
        case 1:
            return Value::boolean(pick(2));
        case 2:
            return Value::integer(std::int64_t(pick(50)));
        case 3:
            return Value::real(double(pick(100)) / 4);
        case 4:
            return Value::bigInteger("123456789012345678901");
        case 5:
        case 6:
            return Value::text(arena.copy(word()));
        case 7: {
            const std::span<Value> items = arena.allocateArray<Value>(pick(3));
            for (Value &item : items)
                item = value(arena, depth + 1);
            return Value::sequence(Value::Kind::List, items);
        }
        default: {
            const std::span<Field> fields = arena.allocateArray<Field>(pick(3));
            for (Field &field : fields)
                field = {Value::text(arena.copy(one({"id", "name", "a"}))), value(arena, depth + 1)};
            return Value::dict(fields);
        }
        }
    }

    std::mt19937 m_random;
};

} // namespace

/// Random expressions say the same of records, of rows, and by way of a search that looks at texts as a whole.
class ExpressionAgreementTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsRowsAndSearchesAgree()
    {
        Maker maker(20'261'121);
        LogRecordBatch batch;
        batch.reserve(300);
        for (int i = 0; i < 300; ++i)
            maker.addRecordTo(batch);
        const auto capture = std::make_shared<Capture>(Capture::Options{.blockBytes = 8 * 1024});
        capture->append(pointers(batch));
        const CaptureSnapshot snapshot = capture->snapshot();
        QVERIFY(snapshot.pageCount() > 3);

        RecordSubject record;
        RowSubject row(capture->loggers(), capture->sources());
        const std::atomic<std::uint64_t> generation{1};
        std::size_t matches = 0;
        std::size_t withText = 0;
        for (int round = 0; round < 3000; ++round) {
            const std::string text = maker.expression();
            const auto expression = Expression::parse(text);
            QVERIFY2(expression.ok(), text.c_str());
            const auto again = Expression::parse(expression->print());
            QVERIFY2(again.ok() && *again == *expression, text.c_str());

            constexpr Nanoseconds now = 1'700'050'000 * nanosecondsPerSecond;
            ExpressionEvaluator ofRecords(*expression, now);
            ExpressionEvaluator ofRows(*again, now);
            CaptureFilter filter;
            filter.text = text;
            CaptureMatcher matcher(filter, now, capture->loggers(), capture->sources());
            withText += matcher.requiredText().has_value();
            PageSearch search(matcher, generation, 1);
            std::vector<std::uint64_t> found;
            std::vector<std::uint64_t> expected;
            for (std::size_t page = 0; page < snapshot.pageCount(); ++page) {
                const auto block = *snapshot.page(page)->load();
                row.setBlock(*block);
                for (std::uint32_t index = 0; index < block->rowCount(); ++index) {
                    record.set(batch.records()[block->firstRow() + index]);
                    row.setRow(index);
                    const bool passes = ofRecords.matches(record);
                    if (passes != ofRows.matches(row))
                        QFAIL(qPrintable(QStringLiteral("%1 of record %2").arg(QString::fromStdString(text)).arg(block->firstRow() + index)));
                    if (passes)
                        expected.push_back(block->firstRow() + index);
                }
                QVERIFY(search.search(*snapshot.page(page), block->firstRow(), block->endRow(), found));
            }
            QVERIFY2(found == expected, text.c_str());
            matches += expected.size();
        }
        // That it was no test of nothing.
        QVERIFY(matches > 100'000 && matches < 800'000);
        QVERIFY(withText > 300);
    }
};

QTEST_GUILESS_MAIN(ExpressionAgreementTest)
#include "ExpressionAgreementTest.moc"
