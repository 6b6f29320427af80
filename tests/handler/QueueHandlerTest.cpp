#include "handler/QueueHandler.h"

#include "format/Formatter.h"
#include "handler/HandlerFixtures.h"
#include "handler/QueueListener.h"
#include "handler/RecordingHandler.h"
#include "support/Patience.h"
#include "support/Python.h"
#include "wire/JsonReader.h"
#include "wire/JsonWriter.h"
#include "wire/RecordBuilder.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace sluice;

namespace {

using Lines = std::vector<std::string>;

struct Pair
{
    std::shared_ptr<RecordQueue> queue = std::make_shared<RecordQueue>(RecordQueue::Limits{});
    QueueHandler handler{queue};
    std::shared_ptr<RecordingHandler> target = std::make_shared<RecordingHandler>();
};

} // namespace

class QueueHandlerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theListenerGetsEveryRecordInOrder()
    {
        Pair pair;
        QueueListener listener(pair.queue, {pair.target});
        QVERIFY(listener.start().ok());
        Lines sent;
        for (int i = 0; i < 3000; ++i) {
            sent.push_back(std::to_string(i));
            pair.handler.handle(test::Records({sent.back()}).all());
        }
        listener.stop();
        QCOMPARE(pair.target->lines(), sent);
        QCOMPARE(pair.handler.pending(), 0u);
    }

    void whatTheListenerGetsIsWhatCPythonsGets()
    {
        const QByteArray records =
            R"({"name":"app","msg":"%(a)s of %(b)d","args":{"a":"é","b":3},"levelno":30,"levelname":"WARNING","created":1700000000.25,"msecs":250.0,"relativeCreated":1.5,"pathname":"/a/b.py","filename":"b.py","module":"b","lineno":7,"funcName":"f","thread":1,"threadName":"T","processName":"P","process":2,"exc_info":null,"exc_text":"Traceback:\n  boom","stack_info":"Stack:\n  here","user":{"id":[1,2.5,null]}}
{"name":"root","msg":"plain","args":[],"levelno":10,"levelname":"DEBUG","created":1.0,"msecs":0.0,"relativeCreated":0.0,"pathname":"x","filename":"x","module":"x","lineno":1,"funcName":null,"thread":1,"threadName":"T","processName":"P","process":2,"exc_info":null,"exc_text":null,"stack_info":null}
)";
        const PythonResult python = runPython("tests/handler/queue_cases.py", {QStringLiteral("%(levelname)s %(message)s")}, records);
        QVERIFY2(python.ok, python.errors.constData());

        Pair pair;
        Formatter::Options options;
        options.format = "%(levelname)s %(message)s";
        pair.handler.setFormatter(*Formatter::create(options));
        QueueListener listener(pair.queue, {pair.target});
        QVERIFY(listener.start().ok());
        LogRecordBatch batch;
        batch.reserve(2);
        JsonReader reader;
        RecordBuilder builder;
        for (const QByteArray &line : records.trimmed().split('\n')) {
            const auto dict = reader.read(std::string_view(line.data(), static_cast<std::size_t>(line.size())), batch.arena());
            QVERIFY(dict.ok());
            LogRecord &record = batch.add();
            QVERIFY(builder.build(*dict, record, batch.arena(), 0).ok());
            pair.handler.handle(record);
        }
        listener.stop();

        const QList<QByteArray> expected = python.output.trimmed().split('\n');
        pair.target->withRecords([&](std::span<const LogRecord> kept) {
            QCOMPARE(kept.size(), 2u);
            QCOMPARE(expected.size(), 2);
            for (std::size_t i = 0; i < kept.size(); ++i) {
                std::string ours;
                appendJson(kept[i], ours);
                QCOMPARE(QJsonDocument::fromJson(QByteArray::fromStdString(ours)),
                         QJsonDocument::fromJson(expected[static_cast<qsizetype>(i)]));
            }
        });
    }

    void aFullQueueIsAnErrorOfTheRecord()
    {
        const auto queue = std::make_shared<RecordQueue>(RecordQueue::Limits{2, 0});
        QueueHandler handler(queue);
        test::Errors errors(handler);
        handler.handle(test::Records({"a", "b", "c"}).all());
        QCOMPARE(errors.seen, (Lines{"c: The queue is full."}));
        QCOMPARE(handler.counters().failed, 1u);
        QCOMPARE(handler.pending(), 2u);
    }

    void levelsCountOnlyWhereTheyAreToBeRespected()
    {
        for (const bool respect : {false, true}) {
            Pair pair;
            const auto all = std::make_shared<RecordingHandler>();
            pair.target->setLevel(level::Error);
            QueueListener listener(pair.queue, {pair.target, all}, respect);
            QVERIFY(listener.start().ok());
            pair.handler.handle(test::Records({"low"}).all());
            pair.handler.handle(test::Records({"high"}, level::Error).all());
            listener.stop();
            QCOMPARE(pair.target->lines(), respect ? Lines{"high"} : (Lines{"low", "high"}));
            QCOMPARE(all->lines(), (Lines{"low", "high"}));
        }
    }

    void startsOnceStopsOftenAndStartsAgain()
    {
        Pair pair;
        QueueListener listener(pair.queue, {pair.target});
        QVERIFY(listener.start().ok());
        QCOMPARE(listener.start().error().text, std::string("The listener runs already."));
        listener.stop();
        listener.stop();
        pair.handler.handle(test::Records({"meanwhile"}).all());
        QVERIFY(pair.target->lines().empty());
        QVERIFY(listener.start().ok());
        listener.stop();
        QCOMPARE(pair.target->lines(), (Lines{"meanwhile"}));
    }

    void groupsStayTogetherForAHandlerThatMinds()
    {
        struct Groups : Handler
        {
            bool keepsTogether() const override { return true; }
            Status emit(const LogRecord &) override { return {}; }
            void emitBatch(RecordSpan records) override { sizes.push_back(records.size()); }
            std::vector<std::size_t> sizes;
        };
        Pair pair;
        const auto groups = std::make_shared<Groups>();
        pair.handler.handle(test::Records({"a", "b"}).all());
        pair.handler.handle(test::Records({"c"}).all());
        QueueListener listener(pair.queue, {groups});
        QVERIFY(listener.start().ok());
        listener.stop();
        QCOMPARE(groups->sizes, (std::vector<std::size_t>{2, 1}));
    }

    void preparationMayBeOverridden()
    {
        struct Raw : QueueHandler
        {
            using QueueHandler::QueueHandler;
            Status prepare(LogRecord &, Arena &) override { return {}; }
        };
        Pair pair;
        Raw handler(pair.queue);
        test::Records records({"%s"});
        const Value argument = Value::text("x");
        records.batch().records()[0].set(Attribute::Args, Value::sequence(Value::Kind::Tuple, {&argument, 1}));
        handler.handle(records.all());
        const auto run = pair.queue->take();
        QCOMPARE(run->records()[0]->text(Attribute::Msg), std::string_view("%s"));
        QCOMPARE((*run->records()[0])[Attribute::Args].items().size(), 1u);
    }
};

QTEST_GUILESS_MAIN(QueueHandlerTest)
#include "QueueHandlerTest.moc"
