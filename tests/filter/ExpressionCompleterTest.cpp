#include "filter/Expression.h"
#include "filter/ExpressionCompleter.h"
#include "support/Patience.h"

using namespace sluice;

namespace {

ExpressionCompleter completer()
{
    return {[] { return std::vector<std::string>{"request.user.id", "status"}; },
            [](const ExpressionField &field) {
                if (field.kind == ExpressionField::Kind::Logger)
                    return std::vector<std::string>{"app.db", "app.http", "my logger"};
                if (field.print() == "request.user.id")
                    return std::vector<std::string>{"42", "43"};
                return std::vector<std::string>();
            }};
}

QString texts(const ExpressionCompletion &completion)
{
    QStringList list;
    for (const auto &candidate : completion.candidates)
        list << QString::fromStdString(candidate.text);
    return list.join(u'|');
}

} // namespace

class ExpressionCompleterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// The caret stands at the `^`.
    void offersWhatMayStandThere_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("replaced");
        QTest::addColumn<QString>("candidates");
        const auto row = [](const char *text, const char *replaced, const char *candidates) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(replaced) << QString::fromUtf8(candidates);
        };
        row("lev^", "lev", "level |levelno |levelname ");
        row("LEV^", "LEV", "level |levelno |levelname ");
        row("le^vel", "level", "level |levelno |levelname |filename |module ");
        row("proc^", "proc", "process |processName ");
        row("user.^", "user.", "request.user.id ");
        row("stat^", "stat", "status ");
        row("user^", "user", "request.user.id ");
        row("a and lev^", "lev", "level |levelno |levelname ");
        row("(lev^", "lev", "level |levelno |levelname ");
        row("-lev^", "lev", "level |levelno |levelname ");
        row("timeout an^", "an", "and ");
        row("level^ ", "level", "level |levelno |levelname ");
        row("level ^", "", "== |!= |>= |> |<= |< |in |~ |!~ ");
        row("level >^", ">", ">= |> ");
        row("logger in^", "in", "in |contains ");
        row("logger s^", "s", "startswith |contains |endswith ");
        row("extra.x e^", "e", "endswith |exists");
        row("level >= ^", "", "DEBUG|INFO|WARNING|ERROR|CRITICAL");
        row("level >= wa^", "wa", "WARNING");
        row("level >= wa^rn x", "warn", "WARNING");
        row("level in (INFO, e^", "e", "ERROR|DEBUG");
        row("logger == app^", "app", "app.db|app.http");
        row("logger == \"my^", "\"my", "\"my logger\"");
        row("logger == my^", "my", "\"my logger\"");
        row("time > y^", "y", "yesterday|today");
        row("request.user.id == 4^", "4", "42|43");
        row("level == INFO ^", "", "and |or |level |logger |time |message |text |source |extra |exc_text |");
        row("extra.x exists ^", "", "and |or |level |logger |time |message |text |source |extra |exc_text |");
        row("\"a phrase lev^", "", "");
        row("127.0^", "", "");
    }

    void offersWhatMayStandThere()
    {
        QFETCH(QString, text);
        QFETCH(QString, replaced);
        QFETCH(QString, candidates);
        const auto caret = std::size_t(text.indexOf(u'^'));
        const std::string whole = text.remove(u'^').toStdString();
        const ExpressionCompletion completion = completer().complete(whole, caret);
        if (candidates.endsWith(u'|')) // and more
            QCOMPARE(texts(completion).left(candidates.size()), candidates);
        else
            QCOMPARE(texts(completion), candidates);
        if (!completion.candidates.empty())
            QCOMPARE(QString::fromStdString(whole.substr(completion.replaced.at, completion.replaced.size)), replaced);
    }

    void whatItOffersCanBeRead()
    {
        for (const char *begin : {"", "level ", "level == ", "logger in ", "logger == ", "time > ", "request.user.id in ("}) {
            const std::string text = begin;
            for (const auto &candidate : completer().complete(text, text.size()).candidates) {
                if (candidate.kind != ExpressionCompletion::Kind::Value)
                    continue;
                const std::string whole = text + candidate.text + (text.ends_with('(') ? ")" : "");
                QVERIFY2(Expression::parse(whole).ok(), whole.c_str());
            }
        }
    }

    void offersNoMoreThanAListShows()
    {
        const ExpressionCompleter many([] { return std::vector<std::string>(100'000, "x"); },
                                       [](const ExpressionField &) {
                                           std::vector<std::string> values;
                                           for (int i = 0; i < 1000; ++i)
                                               values.push_back("v" + std::to_string(i));
                                           return values;
                                       });
        QCOMPARE(many.complete("funcName == v", 13).candidates.size(), ExpressionCompleter::maxCandidates);
        QCOMPARE(many.complete("x", 100).candidates.front().text, std::string("x "));
    }
};

QTEST_GUILESS_MAIN(ExpressionCompleterTest)
#include "ExpressionCompleterTest.moc"
