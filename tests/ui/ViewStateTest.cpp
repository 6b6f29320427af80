#include "console/ViewState.h"
#include "console/GoToBar.h"
#include "support/Patience.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace sluice;

namespace {

constexpr Nanoseconds second = nanosecondsPerSecond;
/// 2023-11-14 22:13:20 UTC
constexpr Nanoseconds moment = 1'700'000'000 * second;

TimeFormat utc()
{
    TimeFormat format;
    format.zone = "UTC";
    return format;
}

std::optional<Nanoseconds> timeFrom(const char *text)
{
    const auto place = placeFromText(QString::fromUtf8(text), utc(), moment, moment);
    if (!place || place->index() != 1)
        return std::nullopt;
    return std::get<1>(*place);
}

} // namespace

/// What a view is remembered by, and how it writes and reads times.
class ViewStateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingComesBackFromJson()
    {
        ViewState state;
        state.name = QStringLiteral("Payments");
        state.filter.text = "zahlung 北京";
        state.filter.loggers = {"app.db", "worker"};
        state.filter.expressions = {{"level >= ERROR", true}, {"\"a b\"", false}, {"user.id = 7", true, true}};
        state.filter.from = 1'700'000'000'123'456'789;
        state.filter.levels.set(Severity::Debug, false);
        state.columns = {{QStringLiteral("message"), 300}, {QStringLiteral("user.id"), 0}};
        state.time = {TimeFormat::Kind::SincePrevious, "Europe/Berlin", true, 6};
        state.following = false;
        state.ownWindow = true;
        state.geometry = QByteArray("\0\1\2", 3);
        const QByteArray text = QJsonDocument(state.toJson()).toJson();
        QCOMPARE(ViewState::fromJson(QJsonDocument::fromJson(text).object()), state);
        QCOMPARE(ViewState::fromJson(ViewState().toJson()), ViewState());
    }

    void nonsenseInJsonIsLeftOut()
    {
        QJsonArray columns;
        for (int i = 0; i < 1000; ++i)
            columns.append(QJsonObject{{QStringLiteral("field"), QStringLiteral("f%1").arg(i)},
                                       {QStringLiteral("width"), 1 << 30}});
        const QJsonObject object{
            {QStringLiteral("name"), 7},
            {QStringLiteral("columns"), columns},
            {QStringLiteral("time"), QJsonObject{{QStringLiteral("zone"), QStringLiteral("../../etc/passwd")},
                                                 {QStringLiteral("kind"), QStringLiteral("later")},
                                                 {QStringLiteral("digits"), 400}}},
            {QStringLiteral("filter"), QJsonObject{{QStringLiteral("levels"), QStringLiteral("all")},
                                                   {QStringLiteral("loggers"), QJsonArray{1, QJsonValue(), QStringLiteral("a")}}}}};
        const ViewState state = ViewState::fromJson(object);
        QVERIFY(state.name.isEmpty());
        QCOMPARE(state.columns.size(), viewcolumns::maxColumns);
        QCOMPARE(state.columns.front().width, viewcolumns::maxWidth);
        QCOMPARE(state.time, TimeFormat());
        QVERIFY(state.filter.levels.isAll());
        QCOMPARE(state.filter.loggers, std::vector<std::string>{"a"});
        QCOMPARE(ViewState::fromJson({}), ViewState());
    }

    void titleSaysTheFilter()
    {
        ViewState state;
        QCOMPARE(state.title(), QStringLiteral("All"));
        for (const Severity hidden : {Severity::Debug, Severity::Info, Severity::Warning})
            state.filter.levels.set(hidden, false);
        QCOMPARE(state.title(), QStringLiteral("Errors"));
        state.filter.loggers = {"app.db"};
        QCOMPARE(state.title(), QStringLiteral("Errors · app.db"));
        state.filter = {};
        state.filter.text = "lock";
        QCOMPARE(state.title(), QStringLiteral("lock"));
        state.name = QStringLiteral("Mine");
        QCOMPARE(state.title(), QStringLiteral("Mine"));
    }

    void clockIsInTheChosenZone()
    {
        TimeFormat format = utc();
        QCOMPARE(words::clockTime(moment + 123'456'789, format), QStringLiteral("22:13:20.123"));
        format.digits = 9;
        format.withDate = true;
        QCOMPARE(words::clockTime(moment + 123'456'789, format), QStringLiteral("2023-11-14 22:13:20.123456789"));
        format.digits = 0;
        format.zone = "Asia/Tokyo";
        QCOMPARE(words::clockTime(moment, format), QStringLiteral("2023-11-15 07:13:20"));
        format = utc();
        QCOMPARE(words::clockTime(-1, format), QStringLiteral("23:59:59.999"));
    }

    void differencesHaveASignAndWhatIsNeeded()
    {
        QCOMPARE(words::difference(0, 3), QStringLiteral("+0.000"));
        QCOMPARE(words::difference(-999'999, 3), QStringLiteral("+0.000"));
        QCOMPARE(words::difference(-999'999, 6), QStringLiteral("-0.000999"));
        QCOMPARE(words::difference(12'345'678, 6), QStringLiteral("+0.012345"));
        QCOMPARE(words::difference(-62 * second - 345'000'000, 3), QStringLiteral("-1:02.345"));
        QCOMPARE(words::difference(26 * 3600 * second + 61 * second, 0), QStringLiteral("+26:01:01"));
        QCOMPARE(words::difference(std::numeric_limits<Nanoseconds>::min(), 0), QStringLiteral("-2562047:47:16"));
    }

    void agesAreShort()
    {
        QCOMPARE(words::ago(moment, moment), QStringLiteral("now"));
        QCOMPARE(words::ago(moment - 12 * second, moment), QStringLiteral("12 s ago"));
        QCOMPARE(words::ago(moment - 300 * second, moment), QStringLiteral("5 min ago"));
        QCOMPARE(words::ago(moment - 3 * 3600 * second, moment), QStringLiteral("3 h ago"));
        QCOMPARE(words::ago(moment - 3 * 86400 * second, moment), QStringLiteral("3 d ago"));
        QCOMPARE(words::ago(moment + 5 * second, moment), QStringLiteral("in 5 s"));
    }

    void placesAreRowsOrTimes()
    {
        const auto row = placeFromText(QStringLiteral("1,234"), utc(), moment, moment);
        QVERIFY(row && row->index() == 0);
        QCOMPARE(std::get<0>(*row), 1234u);
        QCOMPARE(timeFrom("22:13:20"), std::optional(moment));
        QCOMPARE(timeFrom("22:13"), std::optional(moment - 20 * second));
        QCOMPARE(timeFrom("22:13:20.25"), std::optional(moment + second / 4));
        QCOMPARE(timeFrom("2023-11-14 22:13:20,5"), std::optional(moment + second / 2));
        QCOMPARE(timeFrom("2023-11-14T22:13:20Z"), std::optional(moment));
        QCOMPARE(timeFrom("2023-11-14"), std::optional(moment - (22 * 3600 + 13 * 60 + 20) * second));
        QCOMPARE(timeFrom("-5 min"), std::optional(moment - 300 * second));
        for (const char *wrong : {"", "soon", "25:00", "0", "-5", "2023-02-30", "14:03:05.", "-5 parsecs"}) {
            if (qstrcmp(wrong, "12") != 0)
                QVERIFY2(!placeFromText(QString::fromUtf8(wrong), utc(), moment, moment), wrong);
        }
    }
};

QTEST_MAIN(ViewStateTest)
#include "ViewStateTest.moc"
