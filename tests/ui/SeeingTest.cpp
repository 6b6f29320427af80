#include "capture/Origin.h"
#include "console/DetailPane.h"
#include "console/RecordDetail.h"
#include "console/FieldModel.h"
#include "console/FieldTree.h"
#include "console/FrameClock.h"
#include "console/Marks.h"
#include "console/OverviewStrip.h"
#include "console/ReconnectLine.h"
#include "console/RecordWay.h"
#include "console/SourceLink.h"
#include "console/SourceList.h"
#include "console/SourceListModel.h"
#include "console/TextBlock.h"
#include "console/TimelineView.h"
#include "record/LogRecordBatch.h"
#include "shell/Actions.h"
#include "shell/DetailControls.h"
#include "shell/EditorLauncher.h"
#include "shell/Sidebar.h"
#include "support/SystemWords.h"
#include "ui/ViewFixture.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QSignalSpy>
#include <QToolButton>

using namespace sluice;
using namespace sluice::test;

namespace {

constexpr double begin = 1'700'000'000;

/// Adds one record of a process, over a receiver, from a peer.
void appendFrom(Capture &capture, const char *receiver, const char *peer, const char *process, int pid,
                int levelno = level::Info)
{
    LogRecordBatch batch;
    LogRecord &record = addRecord(batch, "app", levelno, "a record", begin);
    record.set(Attribute::ProcessName, Value::text(process));
    record.set(Attribute::Process, Value::integer(pid));
    batch.setTracker(std::make_shared<Origin>(receiver, peer));
    capture.append(pointers(batch));
}

QModelIndex named(const QAbstractItemModel &model, const QString &name, const QModelIndex &parent = {})
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        if (model.index(row, 0, parent).data().toString() == name)
            return model.index(row, 0, parent);
    }
    return {};
}

} // namespace

/// Timeline, overview, sources and detail in the real window, by mouse and keyboard.
class SeeingTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<ViewFixture> m_fixture;

    ViewFixture &f() const { return *m_fixture; }
    Capture &capture() const { return *f().session->capture(); }
    TimelineView *timeline() const { return f().view()->timeline(); }
    SourceList *sources() const { return f().window->sidebar()->sourceList(); }
    DetailPane *detail() const { return f().window->detail(); }

    QPoint at(double time) const { return {timeline()->xOf(toNanoseconds(time)), 20}; }
    void clickEye(int row) const
    {
        QTest::mouseClick(sources()->viewport(), Qt::LeftButton, {},
                          sources()->eyeRect(sources()->model()->index(row, 0)).center());
    }

    /// Shows one record in the detail pane.
    void show(std::string_view message, std::span<const Field> extra = {}, const char *receiver = "python")
    {
        LogRecordBatch batch;
        LogRecord &record = addRecord(batch, "app", level::Info, message, begin);
        record.extra = extra;
        batch.setTracker(std::make_shared<Origin>(receiver, "127.0.0.1"));
        capture().append(pointers(batch));
        f().window->actions()->detail->setChecked(true);
        QTRY_COMPARE(f().shown(), int(capture().endRow()));
        f().table()->goTo(capture().endRow() - 1);
        QTRY_VERIFY(!detail()->isEmpty());
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<ViewFixture>();
        f().settings->setValue(setting::showSidebar, true);
        QVERIFY(f().open());
    }
    void cleanup() { m_fixture.reset(); }

    void aDragOverTheTimelineNarrowsTheViewAndADoubleClickWidensIt()
    {
        f().append(1000, "app", level::Info, "x", begin);
        QTRY_COMPARE(f().shown(), 1000);
        QTRY_VERIFY(timeline()->span().contains(toNanoseconds(begin + 999)));
        QTest::mousePress(timeline(), Qt::LeftButton, {}, at(begin + 200));
        QTest::mouseMove(timeline(), at(begin + 300));
        QTest::mouseMove(timeline(), at(begin + 400));
        QTest::mouseRelease(timeline(), Qt::LeftButton, {}, at(begin + 400));
        QVERIFY(f().view()->filter().from);
        QTRY_VERIFY(qAbs(f().shown() - 200) < 10);
        // The timeline shows what the view shows.
        QTRY_VERIFY(timeline()->span().length() < std::uint64_t(220) * nanosecondsPerSecond);
        QTest::mouseDClick(timeline(), Qt::LeftButton, {}, timeline()->rect().center());
        QTRY_COMPARE(f().shown(), 1000);
        QVERIFY(!f().view()->filter().from && !f().view()->filter().until);
    }

    void aClickOnTheTimelineGoesThere()
    {
        f().append(1000, "app", level::Info, "x", begin);
        QTRY_COMPARE(f().shown(), 1000);
        QTRY_VERIFY(timeline()->span().contains(toNanoseconds(begin + 999)));
        QTest::mouseClick(timeline(), Qt::LeftButton, {}, at(begin + 300));
        QTRY_VERIFY(f().current());
        QVERIFY(qAbs(int(*f().current()) - 300) < 10);
        QVERIFY(!f().view()->isFollowing());
    }

    void theTimelineZoomsInFinerSteps()
    {
        f().append(1000, "app", level::Info, "x", begin);
        QTRY_VERIFY(timeline()->span().contains(toNanoseconds(begin + 999)));
        timeline()->setFocus();
        for (int i = 0; i < 8; ++i)
            QTest::keyClick(timeline(), Qt::Key_Plus);
        QVERIFY(timeline()->isZoomed());
        QVERIFY(timeline()->span().length() < std::uint64_t(60) * nanosecondsPerSecond);
        QCOMPARE(f().shown(), 1000); // a look, not a filter
        QTest::keyClick(timeline(), Qt::Key_Escape);
        QVERIFY(!timeline()->isZoomed());
    }

    void theTimelineFoldsAwayAndRemembersIt()
    {
        QVERIFY(timeline()->isVisible());
        QTest::keyClick(f().window.get(), Qt::Key_I, Qt::ControlModifier);
        QVERIFY(!timeline()->isVisible());
        QVERIFY(f().open());
        QVERIFY(!timeline()->isVisible());
        f().window->actions()->timeline->trigger();
        QVERIFY(timeline()->isVisible());
    }

    void theStripShowsErrorsMarksAndMatchesAndGoesThere()
    {
        f().append(500, "app", level::Info, "x", begin);
        f().append(1, "app", level::Error, "broken", begin + 500);
        f().append(499, "app", level::Info, "x", begin + 501);
        QTRY_COMPARE(f().shown(), 1000);
        OverviewStrip *strip = f().view()->strip();
        const int half = strip->height() / 2;
        QTRY_VERIFY(strip->inWords(half).contains(QStringLiteral("ERROR")));
        QTest::mouseClick(strip, Qt::LeftButton, {}, {7, half});
        QTRY_VERIFY(f().current());
        QVERIFY(qAbs(int(*f().current()) - 500) <= 2);
        f().window->views()->marks()->toggle(250);
        QTRY_COMPARE(strip->inWords(strip->height() / 4), QStringLiteral("marked"));
        QTest::mouseClick(strip, Qt::LeftButton, {}, {7, strip->height() / 4});
        QTRY_VERIFY(qAbs(int(*f().current()) - 250) <= 2);
    }

    void anEyeMutesASourceInThisViewAlone()
    {
        appendFrom(capture(), "python", "10.0.0.1", "worker", 1);
        appendFrom(capture(), "python", "10.0.0.1", "worker", 1, level::Error);
        appendFrom(capture(), "syslog", "10.0.0.2", "MainProcess", 2);
        QTRY_COMPARE(f().shown(), 3);
        QTRY_COMPARE(sources()->model()->rowCount(), 2);
        QCOMPARE(sources()->model()->index(0, 0).data().toString(), QStringLiteral("worker"));
        QCOMPARE(sources()->model()->index(1, 0).data().toString(), QStringLiteral("10.0.0.2"));
        QVERIFY(sources()->model()->index(0, 0).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("1 error")));
        clickEye(0);
        QTRY_COMPARE(f().shown(), 1);
        QVERIFY(!sources()->model()->index(0, 0).data(SourceListModel::ShownRole).toBool());
        ConsoleView *muted = f().view();
        QTest::keyClick(f().window.get(), Qt::Key_T, Qt::ControlModifier);
        QTRY_COMPARE(f().shown(), 3);
        QVERIFY(sources()->model()->index(0, 0).data(SourceListModel::ShownRole).toBool());
        f().window->views()->tabs()->setCurrent(muted);
        clickEye(0);
        QTRY_COMPARE(f().shown(), 3);
    }

    void keysMuteAndShowOneSourceAlone()
    {
        appendFrom(capture(), "python", "10.0.0.1", "worker", 1);
        appendFrom(capture(), "syslog", "10.0.0.2", "MainProcess", 2);
        appendFrom(capture(), "syslog", "10.0.0.3", "MainProcess", 3);
        QTRY_COMPARE(sources()->model()->rowCount(), 3);
        sources()->setFocus();
        sources()->setCurrentIndex(sources()->model()->index(1, 0));
        QTest::keyClick(sources(), Qt::Key_Space);
        QTRY_COMPARE(f().shown(), 2);
        QVERIFY(!f().view()->isFrozen());
        QTest::keyClick(sources(), Qt::Key_Return);
        QTRY_COMPARE(f().shown(), 1);
        QCOMPARE(f().view()->filter().sources, std::vector<std::uint32_t>{1});
        // Beside it, another.
        QTest::keyClick(sources(), Qt::Key_Down);
        QTest::keyClick(sources(), Qt::Key_Space);
        QTRY_COMPARE(f().shown(), 2);
        QTest::keyClick(sources(), Qt::Key_Escape);
        QTRY_COMPARE(f().shown(), 3);
    }

    void theModelOfSourcesIsSoundAndTellsRates()
    {
        auto store = std::make_shared<Capture>();
        SourceListModel model(store);
        QAbstractItemModelTester tester(&model);
        const auto start = std::chrono::steady_clock::now();
        model.refresh(start);
        appendFrom(*store, "python", "10.0.0.1", "worker", 1);
        model.refresh(start + std::chrono::milliseconds(100));
        for (int i = 0; i < 99; ++i)
            appendFrom(*store, "python", "10.0.0.1", "worker", 1);
        model.refresh(start + std::chrono::seconds(2));
        QCOMPARE(model.index(0).data(SourceListModel::RateRole).toString(), QStringLiteral("50/s"));
        model.refresh(start + std::chrono::seconds(4));
        QVERIFY(model.index(0).data(SourceListModel::RateRole).toString().isEmpty());
        QCOMPARE(model.index(0).data(SourceListModel::WhereRole).toString(),
                 QStringLiteral("10.0.0.1 · over python · process 1"));
        QCOMPARE(model.index(0).data(SourceListModel::FiguresRole).toStringList().first(),
                 QStringLiteral("100 records"));
    }

    void aSenderThatStartsAgainIsMarkedWhereItDid()
    {
        appendFrom(capture(), "python", "10.0.0.1", "worker", 4711);
        appendFrom(capture(), "python", "10.0.0.1", "worker", 4711, level::Debug);
        appendFrom(capture(), "python", "10.0.0.1", "worker", 4712, level::Debug);
        appendFrom(capture(), "python", "10.0.0.1", "worker", 4712);
        QTRY_COMPARE(f().shown(), 4);
        const auto words = [this](int row) { return reconnectline::words(*f().view()->model(), row); };
        QCOMPARE(words(0), QString());
        QCOMPARE(words(1), QString());
        QCOMPARE(words(2), QStringLiteral("worker started again: process 4712"));
        QCOMPARE(words(3), QString());
        QTRY_COMPARE(sources()->model()->rowCount(), 1);
        // Its first record may be hidden: the line stays.
        CaptureFilter filter;
        filter.levels.set(Severity::Debug, false);
        f().view()->setFilter(filter);
        QTRY_COMPARE(f().shown(), 2);
        QCOMPARE(words(1), QStringLiteral("worker started again: process 4712"));
    }

    void jsonInAMessageIsATree()
    {
        show(R"([web] request done {"user": {"id": 42, "roles": ["admin", "dev"]}, "ok": true} in 5 ms)");
        const FieldModel &json = *detail()->record()->json();
        const QModelIndex user = named(json, QStringLiteral("user"));
        QVERIFY(user.isValid());
        const QModelIndex roles = named(json, QStringLiteral("roles"), user);
        QCOMPARE(json.index(1, FieldModel::ValueColumn, roles).data().toString(), QStringLiteral("dev"));
        QCOMPARE(json.index(1, 0, roles).data(FieldModel::PathRole).toString(), QStringLiteral("user.roles.1"));
        show("nothing {of it} here, [not, json]");
        QCOMPARE(json.rowCount(), 0);
        // Cut off, or far too deep: nothing, and no harm.
        show("{\"a\": " + std::string(100'000, '[') + "}");
        QCOMPARE(json.rowCount(), 0);
    }

    void jsonInAFieldIsATreeAndPathsAreThoseOfTheFilter()
    {
        const std::array<Field, 1> nested{Field{Value::text("id"), Value::integer(42)}};
        const std::array<Field, 3> extra{Field{Value::text("body"), Value::text(R"({"a": {"b": 1}})")},
                                         Field{Value::text("user"), Value::dict(nested)},
                                         Field{Value::text("time"), Value::integer(3)}};
        show("x", extra);
        FieldModel &model = *detail()->record()->extra();
        QAbstractItemModelTester tester(&model);
        const QModelIndex body = named(model, QStringLiteral("body"));
        const QModelIndex a = named(model, QStringLiteral("a"), body);
        QVERIFY(named(model, QStringLiteral("b"), a).isValid());
        QCOMPARE(body.data(FieldModel::FieldRole).toString(), QStringLiteral("body"));
        QCOMPARE(a.data(FieldModel::FieldRole).toString(), QString()); // a text to the filter
        const QModelIndex id = named(model, QStringLiteral("id"), named(model, QStringLiteral("user")));
        QCOMPARE(id.data(FieldModel::FieldRole).toString(), QStringLiteral("user.id"));
        QCOMPARE(named(model, QStringLiteral("time")).data(FieldModel::FieldRole).toString(),
                 QStringLiteral("extra.time"));
        QCOMPARE(named(*detail()->record()->attributes(), QStringLiteral("lineno")).data(FieldModel::FieldRole).toString(),
                 QStringLiteral("lineno"));
    }

    void aFieldsMenuCopiesAndFilters()
    {
        const std::array<Field, 1> nested{Field{Value::text("id"), Value::integer(42)}};
        const std::array<Field, 1> extra{Field{Value::text("user"), Value::dict(nested)}};
        f().append(3);
        show("x", extra);
        FieldTree *tree = detail()->record()->extraTree();
        const QModelIndex id =
            named(*tree->model(), QStringLiteral("id"), named(*tree->model(), QStringLiteral("user")));
        tree->expandAll();
        tree->setCurrentIndex(id);
        tree->setFocus();
        const auto menu = [&] {
            QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, tree->mapToGlobal(QPoint()));
            QCoreApplication::sendEvent(tree, &event);
            return tree->findChild<QMenu *>();
        };
        const auto choose = [](QMenu *menu, const QString &words) {
            for (QAction *action : menu->actions()) {
                if (action->text().remove(QLatin1Char('&')).startsWith(words)) {
                    action->trigger();
                    menu->close();
                    return true;
                }
            }
            return false;
        };
        QVERIFY(choose(menu(), QStringLiteral("Copy path")));
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("user.id"));
        QTRY_VERIFY(!tree->findChild<QMenu *>());
        QVERIFY(choose(menu(), QStringLiteral("Copy value")));
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("42"));
        QTRY_VERIFY(!tree->findChild<QMenu *>());
        QVERIFY(choose(menu(), QStringLiteral("Only rows with")));
        QTRY_COMPARE(f().shown(), 1);
    }

    void theWayOfARecordNamesWhatLetItPassAndWhatDidNot()
    {
        QFile project(f().folder.filePath(QStringLiteral("p.sluice")));
        QVERIFY(project.open(QIODevice::WriteOnly));
        project.write(R"({"sluice": 1, "name": "P", "nodes": [
            {"id": "python", "type": "DatagramReceiver", "params": {"port": 0}},
            {"id": "console", "type": "ConsoleHandler"},
            {"id": "errors.log", "type": "FileHandler", "params": {"filename": "e.log", "level": "ERROR", "delay": true}}],
            "wires": [{"from": "python", "port": "out", "to": "console"},
                      {"from": "python", "port": "out", "to": "errors.log"}]})");
        project.close();
        QSignalSpy opened(f().session.get(), &Session::opened);
        QSignalSpy refused(f().session.get(), &Session::problemsFound);
        f().session->open({project.fileName()});
        QTRY_VERIFY(opened.count() + refused.count() > 0);
        QCOMPARE(refused.count(), 0);
        show("x");
        QTRY_COMPARE(detail()->record()->way()->text(),
                     QStringLiteral("✓ python\n  ✓ console\n  ✗ errors.log: level ERROR is not reached\n"));
        QVERIFY(detail()->record()->way()->isVisibleTo(detail()));
        show("y", {}, "elsewhere");
        QCOMPARE(detail()->record()->way()->text(), QString());
    }

    void aSourceFileOpensInTheEditor()
    {
        if (isWindows)
            QSKIP("the editor here is a shell script");
        // A real program as the editor: it writes down how it was called.
        const QString written = f().folder.filePath(QStringLiteral("called"));
        QFile editor(f().folder.filePath(QStringLiteral("an editor.sh")));
        QVERIFY(editor.open(QIODevice::WriteOnly));
        editor.write("#!/bin/sh\nfor word; do printf '%s\\n' \"$word\"; done >'" + written.toUtf8() + ".new'\nmv '" +
                     written.toUtf8() + ".new' '" + written.toUtf8() + "'\n");
        editor.close();
        editor.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        // No word for a shell: it is one argument, whatever it is called.
        QFile source(f().folder.filePath(QStringLiteral("$(touch x); {line} &.py")));
        QVERIFY(source.open(QIODevice::WriteOnly));
        source.close();
        EditorLauncher *launcher = f().window->detailControls()->editor();
        launcher->setCommand(QLatin1Char('"') + editor.fileName() + QStringLiteral("\" --goto {file}:{line} -n{line}"));
        show("x");
        SourceLink *link = detail()->record()->source();
        QCOMPARE(link->button()->text(), QStringLiteral("connection.py:217"));
        link->showPlace(source.fileName(), 12, {});
        QSignalSpy opened(launcher, &EditorLauncher::opened);
        QTest::mouseClick(link->button(), Qt::LeftButton);
        QTRY_COMPARE(opened.count(), 1);
        QFile called(written);
        QTRY_VERIFY(called.exists());
        QVERIFY(called.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(called.readAll()),
                 QStringLiteral("--goto\n%1:12\n-n12\n").arg(source.fileName()));
    }

    void whatCannotBeOpenedSaysWhy_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("words");
        QTest::newRow("relative") << QStringLiteral("app/main.py") << QStringLiteral("absolute");
        QTest::newRow("an option") << QStringLiteral("--install-extension=evil") << QStringLiteral("absolute");
        QTest::newRow("another machine") << QStringLiteral("\\\\evil\\share\\x.py") << QStringLiteral("another machine");
        QTest::newRow("two slashes") << QStringLiteral("//evil/share/x.py") << QStringLiteral("another machine");
        QTest::newRow("missing") << QStringLiteral("/nowhere/at/all.py") << QStringLiteral("no file");
        QTest::newRow("a folder") << QStringLiteral("/") << QStringLiteral("no file");
        QTest::newRow("lines") << QStringLiteral("/a\n/b") << QStringLiteral("no path");
    }
    void whatCannotBeOpenedSaysWhy()
    {
        QFETCH(QString, file);
        QFETCH(QString, words);
        show("x");
        SourceLink *link = detail()->record()->source();
        link->showPlace(file, 1, {});
        link->button()->setFocus();
        QTest::keyClick(link->button(), Qt::Key_Space);
        QTRY_VERIFY2(link->problem().contains(words), qPrintable(link->problem()));
    }

    void aBatchFileGetsNoNameThatWindowsWouldRun_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QString>("file");
        QTest::addColumn<bool>("refused");
        const QString code = QStringLiteral("C:\\Program Files\\Microsoft VS Code\\bin\\code.cmd");
        const QString exe = QStringLiteral("C:\\Program Files\\Zed\\zed.exe");
        const auto row = [](const char *name, const QString &program, const char *file, bool refused) {
            QTest::newRow(name) << program << QString::fromUtf8(file) << refused;
        };
        row("plain", code, "C:\\work\\app_1-2\\main.py", false);
        row("of another language", code, "C:\\Übung\\ломать\\日本\\x.py", false);
        row("with brackets, in quotes", code, "C:\\Program Files (x86)\\Python\\x.py", false);
        row("with brackets, bare", code, "C:\\a(b)\\x.py", true);
        row("two commands", code, "C:\\a&calc.py", true);
        row("two commands, in quotes", code, "C:\\a & calc.py", true);
        row("a variable", code, "C:\\%PATH%\\x.py", true);
        row("a variable, late", code, "C:\\!PATH!\\x.py", true);
        row("a quote", code, "C:\\a\"b.py", true);
        row("an escape", code, "C:\\a^b.py", true);
        row("a pipe", code, "C:\\a|b.py", true);
        row("a file to write", code, "C:\\a>b.py", true);
        row("two words", code, "C:\\a;b=c,d.py", true);
        row("a control character", code, "C:\\a\x1a.py", true);
        row("a quote that ASCII has not", code, "C:\\a\uFF02b.py", true);
        row("capitals", QStringLiteral("C:\\x\\CODE.CMD"), "C:\\a&b.py", true);
        row("older", QStringLiteral("C:/x/edit.bat"), "C:\\a&b.py", true);
        row("dots that Windows does not see", QStringLiteral("C:/x/edit.bat. ."), "C:\\a&b.py", true);
        row("the interpreter itself", QStringLiteral("C:\\Windows\\System32\\cmd.exe"), "C:\\a&b.py", true);
        row("a program", exe, "C:\\a & %PATH%.py", false);
        row("on Linux", QStringLiteral("/usr/bin/code"), "/tmp/$(touch x); {line} &.py", false);
    }
    void aBatchFileGetsNoNameThatWindowsWouldRun()
    {
        QFETCH(QString, program);
        QFETCH(QString, file);
        QFETCH(bool, refused);
        const auto error = EditorLauncher::refusalBy(program, file);
        QCOMPARE(error.has_value(), refused);
        QVERIFY(!error || error->text.ends_with("”."));
    }

    void aNameThatABatchFileCannotGetIsToldAndNothingIsStarted()
    {
        QFile editor(f().folder.filePath(QStringLiteral("edit.cmd")));
        QVERIFY(editor.open(QIODevice::WriteOnly));
        editor.write("echo started > started.txt\r\n");
        editor.close();
        editor.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QFile source(f().folder.filePath(QStringLiteral("a&b.py")));
        QVERIFY(source.open(QIODevice::WriteOnly));
        source.close();
        EditorLauncher *launcher = f().window->detailControls()->editor();
        launcher->setCommand(QLatin1Char('"') + editor.fileName() + QStringLiteral("\" {file}"));
        show("x");
        SourceLink *link = detail()->record()->source();
        link->showPlace(source.fileName(), 12, {});
        QSignalSpy opened(launcher, &EditorLauncher::opened);
        QTest::mouseClick(link->button(), Qt::LeftButton);
        QTRY_VERIFY2(link->problem().contains(QStringLiteral("command interpreter")), qPrintable(link->problem()));
        QCOMPARE(opened.count(), 0);
    }

    void editorTemplatesBecomeArguments()
    {
        const auto words = [](const char *command) {
            const auto made = EditorLauncher::arguments(QString::fromUtf8(command), QStringLiteral("/a b.py"), 7);
            return made ? made->join(QLatin1Char('|')) : QString::fromStdString(made.error().text);
        };
        QCOMPARE(words("code -g {file}:{line}"), QStringLiteral("code|-g|/a b.py:7"));
        QCOMPARE(words("ed"), QStringLiteral("ed|/a b.py"));
        QCOMPARE(words("\"C:/Program Files/e.exe\" +{line} {file}"), QStringLiteral("C:/Program Files/e.exe|+7|/a b.py"));
        QVERIFY(words("").startsWith(QStringLiteral("No editor")));
        QCOMPARE(words("edit +%l %f"), QStringLiteral("edit|+7|/a b.py"));
        QCOMPARE(words("edit 100%% %f"), QStringLiteral("edit|100%|/a b.py"));
        QVERIFY(words("%f").startsWith(QStringLiteral("The editor's command")));
        QVERIFY(words("{file}").startsWith(QStringLiteral("The editor's command")));
        for (const EditorLauncher::Editor &editor : EditorLauncher::editors())
            QVERIFY(words(editor.command.toUtf8().constData()).contains(QStringLiteral("/a b.py")));
    }
};

QTEST_MAIN(SeeingTest)
#include "SeeingTest.moc"
