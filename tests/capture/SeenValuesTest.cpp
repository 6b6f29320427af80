#include "capture/Capture.h"
#include "capture/SampleRecords.h"
#include "capture/SeenValues.h"
#include "support/Patience.h"

#include <atomic>

using namespace sluice;
using namespace sluice::test;

namespace {

ExpressionField fieldOf(std::vector<std::string> path) { return ExpressionField::fromPath(std::move(path)); }

} // namespace

class SeenValuesTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<Capture> m_capture;

    /// A record with `extra={"user": …, "request": {"id": …}}`.
    void append(std::string_view user, std::int64_t id)
    {
        LogRecordBatch batch;
        LogRecord &record = addRecord(batch, "app.db", level::Info, "hello");
        Arena &arena = batch.arena();
        const std::vector<Field> request{{Value::text("id"), Value::integer(id)}};
        const std::vector<Field> extra{
            {Value::text("user"), Value::text(user)},
            {Value::text("request"), Value::dict(request)},
        };
        const Value copied = Value::dict(extra).copyTo(arena);
        record.extra = copied.entries();
        m_capture->append(pointers(batch));
    }

private Q_SLOTS:
    void init() { m_capture = std::make_shared<Capture>(Capture::Options()); }

    void namesAndValuesComeCommonestFirst()
    {
        append("ann", 1);
        append("bob", 2);
        append("bob", 3);
        std::atomic<int> woken{0};
        SeenValues seen(m_capture, [&] { ++woken; });
        QTRY_COMPARE(seen.names(), (std::vector<std::string>{"request.id", "user"}));
        QVERIFY(woken > 0);
        QTRY_COMPARE(seen.values(fieldOf({"user"})), (std::vector<std::string>{"bob", "ann"}));
        QTRY_COMPARE(seen.values(fieldOf({"request", "id"})), (std::vector<std::string>{"1", "2", "3"}));
        QTRY_COMPARE(seen.values(fieldOf({"funcName"})), (std::vector<std::string>{"execute"}));
        QTRY_COMPARE(seen.values(fieldOf({"level"})), (std::vector<std::string>{"INFO"}));
        QTRY_COMPARE(seen.values(fieldOf({"logger"})), (std::vector<std::string>{"app.db"}));
        QVERIFY(seen.values(fieldOf({"message"})).empty());
    }

    void newRecordsBringNewValues()
    {
        append("ann", 1);
        SeenValues seen(m_capture, [] {});
        QTRY_COMPARE(seen.values(fieldOf({"user"})), (std::vector<std::string>{"ann"}));
        append("bob", 1);
        QTRY_COMPARE(seen.values(fieldOf({"user"})), (std::vector<std::string>{"ann", "bob"}));
    }

    void strangersCannotMakeTheListsLong()
    {
        for (int i = 0; i < 2000; ++i)
            append("user " + std::to_string(i), i);
        append(std::string(SeenValues::maxValueBytes + 1, 'x'), 1);
        append("two\nlines", 1);
        SeenValues seen(m_capture, [] {});
        QTRY_COMPARE(seen.values(fieldOf({"user"})).size(), SeenValues::maxValues);
        for (const std::string &value : seen.values(fieldOf({"user"})))
            QVERIFY2(value.starts_with("user "), value.c_str());
    }
};

QTEST_GUILESS_MAIN(SeenValuesTest)
#include "SeenValuesTest.moc"
