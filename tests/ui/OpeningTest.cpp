#include "console/ConsoleView.h"
#include "console/FirstRunHint.h"
#include "console/RecordTable.h"
#include "look/Appearance.h"
#include "shell/ChainList.h"
#include "shell/ChainListModel.h"
#include "shell/FileKind.h"
#include "shell/MainWindow.h"
#include "shell/ProblemBanner.h"
#include "shell/Session.h"
#include "shell/Settings.h"
#include "shell/Sidebar.h"
#include "support/Patience.h"
#include "support/Python.h"
#include "support/SystemWords.h"

#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QTcpServer>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <algorithm>

using namespace sluice;

namespace {

const QString consoleAndFile = QStringLiteral(R"({
    "sluice": 1,
    "name": "%1",
    "nodes": [
        { "id": "python", "type": "SocketReceiver", "params": { "port": %2 } },
        { "id": "console", "type": "ConsoleHandler" },
        { "id": "file", "type": "FileHandler", "params": { "filename": "all.log", "encoding": "utf-8" } }
    ],
    "wires": [
        { "from": "python", "port": "out", "to": "console" },
        { "from": "python", "port": "out", "to": "file" }
    ]
})");

} // namespace

/// Opening projects, configurations and logs in the real window, with real ports and a real Python.
class OpeningTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;

    QString write(const QString &name, const QString &text)
    {
        QFile file(m_folder->filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0)
            qFatal("cannot write %s", qPrintable(file.fileName()));
        return file.fileName();
    }

    int shown() const { return m_window->console()->table()->model()->rowCount(); }
    const ChainListModel &chain() const
    {
        return *static_cast<const ChainListModel *>(m_window->sidebar()->chainList()->model());
    }
    NodeStatus::State state(int row) const { return chain().item(row).state; }

    /// The port that the first node listens on.
    QString port() const
    {
        const QString endpoint = chain().rowCount() ? chain().item(0).description : QString();
        return endpoint.mid(endpoint.lastIndexOf(QLatin1Char(':')) + 1);
    }

    /// Runs the three lines that the window shows, and logs so many records.
    static bool logFromPython(const QString &lines, int records)
    {
        return runPythonWith(
            {QStringLiteral("-c"),
             lines + QStringLiteral("\nfor i in range(%1): logging.getLogger('app.py').warning('record "
                                    "%d', i, extra={'n': {'i': i}})\nlogging.shutdown()")
                         .arg(records)}).ok;
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
        m_session = std::make_unique<Session>(Capture::Options());
        m_window = std::make_unique<MainWindow>(*m_session, *m_settings);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get(), test::patience) && QTest::qWaitForWindowActive(m_window.get(), test::patience));
    }

    void cleanup()
    {
        m_window.reset();
        m_session.reset();
        m_settings.reset();
    }

    void theLinesThatTheHintShowsConnectAPython()
    {
        m_session->open(
            {write(QStringLiteral("p.sluice"), consoleAndFile.arg(QStringLiteral("Mine")).arg(0))});
        QTRY_VERIFY(
            m_window->console()->hint()->code().contains(QStringLiteral("SocketHandler('127.0.0.1', ")));
        QTRY_COMPARE(m_window->windowTitle(), QStringLiteral("Mine — Sluice"));
        QVERIFY(logFromPython(m_window->console()->hint()->code(), 300));
        QTRY_COMPARE(shown(), 300);
        QTRY_COMPARE(chain().item(0).passed, 300u);
    }

    void anEditedChainIsAppliedToTheProjectThatRunsOrIsRefusedWithAReason()
    {
        m_session->open(
            {write(QStringLiteral("p.sluice"), consoleAndFile.arg(QStringLiteral("Mine")).arg(0))});
        QTRY_VERIFY(
            m_window->console()->hint()->code().contains(QStringLiteral("SocketHandler('127.0.0.1', ")));
        const auto run = m_session->project();
        QSignalSpy applied(m_session.get(), &Session::applied);
        Chain edited = run->chain;
        edited.node("file")->params.insert(u"filename"_qs, u"other.log"_qs);
        m_session->apply(edited);
        QTRY_COMPARE(applied.size(), 1);
        QCOMPARE(applied[0][0].toString(), QString());
        QVERIFY(logFromPython(m_window->console()->hint()->code(), 50));
        QTRY_COMPARE(shown(), 50);
        QTRY_VERIFY(QFileInfo(m_folder->filePath(u"other.log"_qs)).size() > 0);
        QCOMPARE(m_session->project(), run);

        edited.node("file")->params.insert(u"filename"_qs, u"nowhere/other.log"_qs);
        m_session->apply(edited);
        QTRY_COMPARE(applied.size(), 2);
        QVERIFY2(applied[1][0].toString().startsWith(u"\"file\" cannot start: "), qPrintable(applied[1][0].toString()));
        QCOMPARE(run->chain.node("file")->params.value(u"filename").toString(), u"other.log"_qs);
    }

    void tenThousandRecordsArriveInTheWindowAndAsPythonWritesThemInTheFile()
    {
        m_session->open(
            {write(QStringLiteral("p.sluice"), consoleAndFile.arg(QStringLiteral("Mine")).arg(0))});
        QTRY_VERIFY(
            m_window->console()->hint()->code().contains(QStringLiteral("SocketHandler('127.0.0.1', ")));
        const QString program = m_window->console()->hint()->code() + QStringLiteral(R"(
import sys
logging.getLogger().addHandler(logging.FileHandler(sys.argv[1], encoding='utf-8'))
logging.getLogger().setLevel(logging.DEBUG)
for i in range(10000):
    log = logging.getLogger(['app', 'app.db', 'worker.größe'][i % 3])
    if i % 97 == 0:
        try:
            {}['schlüssel']
        except KeyError:
            log.exception('Fehler %d: 北京 🚰', i, extra={'nested': {'i': [i, None, 1.5]}})
    else:
        log.log(10 * (1 + i % 5), 'record %d\n%s', i, 'x' * (i % 50), extra={'i': i})
logging.shutdown()
)");
        const QString theirs = m_folder->filePath(QStringLiteral("theirs.log"));
        const PythonResult python = runPythonWith({QStringLiteral("-c"), program, theirs});
        QVERIFY2(python.ok, python.errors.constData());
        QTRY_COMPARE(shown(), 10'000);
        // Under Wine, Python is that of the system around it, whose lines end otherwise.
        const auto content = [](const QString &path) {
            QFile file(path);
            return file.open(isWindows ? QFile::ReadOnly | QFile::Text : QFile::ReadOnly) ? file.readAll() : QByteArray();
        };
        const QByteArray expected = content(theirs);
        const QString ours = m_folder->filePath(QStringLiteral("all.log"));
        QTRY_COMPARE(content(ours).size(), expected.size());
        QVERIFY(content(ours) == expected);
        const RecordTableModel &model = *m_window->console()->model();
        QCOMPARE(model.cellText(0, RecordTableModel::NameColumn), QStringLiteral("app"));
        QCOMPARE(model.cellText(0, RecordTableModel::MessageColumn), QStringLiteral("Fehler 0: 北京 🚰"));
    }

    void portInUseIsRedAndTheRestGoesOn()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        m_session->open({write(QStringLiteral("p.sluice"),
                               consoleAndFile.arg(QStringLiteral("Mine")).arg(other.serverPort()))});
        QTRY_COMPARE(chain().rowCount(), 3);
        QTRY_COMPARE(state(0), NodeStatus::State::Failed);
        QVERIFY(chain().item(0).reason.contains(QString::number(other.serverPort())));
        QCOMPARE(state(1), NodeStatus::State::Running);
        QCOMPARE(state(2), NodeStatus::State::Running);
        FirstRunHint *hint = m_window->console()->hint();
        const auto says = [&] {
            const QList<QLabel *> labels = hint->findChildren<QLabel *>();
            return std::ranges::any_of(
                labels, [&](QLabel *label) { return label->text() == chain().item(0).reason; });
        };
        QTRY_VERIFY(says());

        // When the other program has ended, one click mends it.
        other.close();
        for (QPushButton *button : hint->findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == QStringLiteral("Try again"))
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QTRY_COMPARE(state(0), NodeStatus::State::Running);
    }

    void malformedProjectShowsEveryProblemAndLeavesTheRunningOneAlone()
    {
        m_session->open(
            {write(QStringLiteral("p.sluice"), consoleAndFile.arg(QStringLiteral("Mine")).arg(0))});
        QTRY_COMPARE(m_window->windowTitle(), QStringLiteral("Mine — Sluice"));
        QTRY_COMPARE(state(0), NodeStatus::State::Running);
        const QString lines = m_window->console()->hint()->code();
        m_session->open({write(QStringLiteral("bad.sluice"), QStringLiteral(R"({ "sluice": 1, "nodes": [
            { "id": "python", "type": "SocketReceiver", "params": { "port": 99999, "hots": "x" } },
            { "id": "console", "type": "ConsoleHandler", "params": { "level": "LOUD" } } ],
            "wires": [ { "from": "python", "port": "out", "to": "nowhere" } ] })"))});
        QTRY_VERIFY(m_window->banner()->isVisible());
        const QString text = m_window->banner()->text();
        for (const char *place :
             {"$.nodes[0].params.port", "$.nodes[0].params.hots", "$.nodes[1].params.level", "$.wires[0]"})
            QVERIFY2(text.contains(QLatin1String(place)), qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("“Mine” goes on.")));
        QCOMPARE(m_window->windowTitle(), QStringLiteral("Mine — Sluice"));
        QVERIFY(logFromPython(lines, 20));
        QTRY_COMPARE(shown(), 20);
    }

    void unreadableFileIsSaidInASentence()
    {
        m_session->open({m_folder->filePath(QStringLiteral("none.sluice"))});
        QTRY_VERIFY(m_window->banner()->isVisible());
        QVERIFY(m_window->banner()->text().contains(QStringLiteral("none.sluice was not opened")));
    }

    void droppedLogIsOpened()
    {
        QString lines;
        for (int i = 0; i < 50; ++i)
            lines += QStringLiteral("{\"name\": \"app\", \"msg\": \"line %1\", \"levelno\": 20, "
                                    "\"levelname\": \"INFO\", \"created\": 1.5e9}\n")
                         .arg(i);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(write(QStringLiteral("old.jsonl"), lines))});
        const QPoint at = m_window->rect().center();
        QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_window.get(), &drop);
        QTRY_COMPARE(shown(), 50);
        QCOMPARE(m_settings->value(setting::recentFiles).toStringList().size(), 1);
    }

    void textLogIsOpenedWholeAndFollowed()
    {
        // A name that a shell would read as a pattern.
        const QString path = write(QStringLiteral("app[1].log"),
                                   QStringLiteral("2026-10-11 22:14:15,123 - app.db - WARNING - slow\n"
                                                  "2026-10-11 22:14:16,123 - app.db - ERROR - failed\n"
                                                  "Traceback (most recent call last):\n  File \"x\"\nKeyError: 1\n"));
        m_session->open({path});
        QTRY_COMPARE(shown(), 2);
        QFile file(path);
        QVERIFY(file.open(QIODevice::Append));
        file.write("2026-10-11 22:14:17,123 - app - INFO - more\n");
        file.close();
        QTRY_COMPARE(shown(), 3);
    }

    void toldWhetherAFileIsALogOfText_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isLog");
        QTest::newRow("Python") << QStringLiteral("app") << QByteArray("INFO:root:one\nERROR:root:two\n") << true;
        QTest::newRow("zap") << QStringLiteral("app") << QByteArray("{\"level\":\"info\"}\n{\"level\":\"info\"}\n") << true;
        QTest::newRow("by its name") << QStringLiteral("x.log") << QByteArray("hello\n") << true;
        QTest::newRow("dictConfig in a line") << QStringLiteral("x.json") << QByteArray("{\"version\": 1, \"root\": {}}\n") << false;
        QTest::newRow("fileConfig") << QStringLiteral("x.ini")
                                    << QByteArray("[loggers]\nkeys=root\n[logger_root]\nlevel=DEBUG\nhandlers=a\n[handler_a]\n"
                                                  "class=FileHandler\nlevel=INFO\nargs=()\n")
                                    << false;
        QTest::newRow("project") << QStringLiteral("x.sluice") << QByteArray("{\n \"sluice\": 1\n}\n") << false;
    }

    void toldWhetherAFileIsALogOfText()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, text);
        QFETCH(bool, isLog);
        QCOMPARE(filekind::looksLikeLog(name, text), isLog);
    }

    void dragOfSomethingElseIsRefused()
    {
        QMimeData data;
        data.setText(QStringLiteral("just words"));
        QDragEnterEvent enter(m_window->rect().center(), Qt::CopyAction, &data, Qt::LeftButton,
                              Qt::NoModifier);
        enter.ignore();
        QCoreApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(!enter.isAccepted());
    }

    void dictConfigIsOpenedWithAReceiverForItsLoggersAndTheWindow()
    {
        m_session->open(
            {write(QStringLiteral("logging.json"), QStringLiteral(R"({ "version": 1,
            "handlers": { "out": { "class": "logging.FileHandler", "filename": "%1" } },
            "root": { "level": "DEBUG", "handlers": ["out"] } })")
                                                       .arg(m_folder->filePath(QStringLiteral("out.log"))))});
        QTRY_VERIFY(chain().rowCount() > 0 || m_window->banner()->isVisible());
        QVERIFY2(!m_window->banner()->isVisible(), qPrintable(m_window->banner()->text()));
        QVERIFY(m_session->project());
        const std::vector<Wire> &wires = m_session->project()->chain.wires();
        for (const Wire &wire : {Wire{"python", "out", "console"}, Wire{"python", "out", "logger root"}, Wire{"logger root", "out", "out"}})
            QVERIFY2(std::ranges::find(wires, wire) != wires.end(), wire.to.c_str());
    }

    void fileConfigIsOpenedByDropWithWhatCannotBeRunInRed()
    {
        const QString ini = QStringLiteral("[loggers]\nkeys=root\n[handlers]\nkeys=file,own\n[formatters]\nkeys=\n[logger_root]\nlevel=DEBUG\n"
                                           "handlers=file,own\n[handler_file]\nclass=FileHandler\nargs=('%(here)s/out.log',)\n"
                                           "[handler_own]\nclass=shop.Handler\nargs=(os.environ['X'],)\n");
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(write(QStringLiteral("logging.conf"), ini))});
        const QPoint at = m_window->rect().center();
        QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_window.get(), &drop);
        QTRY_VERIFY(chain().rowCount() > 0 || m_window->banner()->isVisible());
        QVERIFY2(!m_window->banner()->isVisible(), qPrintable(m_window->banner()->text()));
        const auto row = [&](const QString &id) {
            int found = 0;
            while (found + 1 < chain().rowCount() && chain().item(found).id != id)
                ++found;
            return found;
        };
        QCOMPARE(chain().item(row(QStringLiteral("own"))).type, QStringLiteral("Unsupported"));
        QTRY_COMPARE(state(row(QStringLiteral("own"))), NodeStatus::State::Failed);
        QVERIFY(chain().item(row(QStringLiteral("own"))).reason.contains(QStringLiteral("os.environ")));
        QTRY_COMPARE(state(row(QStringLiteral("file"))), NodeStatus::State::Running);
        QVERIFY(chain().item(row(QStringLiteral("python"))).isReceiver);
        // Saved as a project, it keeps all of it.
        const QString copy = m_folder->filePath(QStringLiteral("copy.sluice"));
        QVERIFY(m_session->saveProjectAs(copy).ok());
        m_session->open({copy});
        QTRY_COMPARE(m_session->project()->path, copy);
        QTRY_COMPARE(chain().item(row(QStringLiteral("own"))).type, QStringLiteral("Unsupported"));
    }

    void runningStopsAndStartsAgain()
    {
        m_session->open(
            {write(QStringLiteral("p.sluice"), consoleAndFile.arg(QStringLiteral("Mine")).arg(0))});
        QTRY_VERIFY(chain().rowCount() > 0);
        QTRY_COMPARE(state(0), NodeStatus::State::Running);
        m_session->setRunning(false);
        QTRY_VERIFY(!m_session->isRunning());
        QTRY_COMPARE(state(0), NodeStatus::State::Stopped);
        m_session->setRunning(true);
        QTRY_VERIFY(m_session->isRunning());
        QTRY_COMPARE(state(0), NodeStatus::State::Running);
    }

    void projectIsSavedAndOpensAgain()
    {
        m_session->open(
            {write(QStringLiteral("p.sluice"), consoleAndFile.arg(QStringLiteral("Mine")).arg(0))});
        QTRY_VERIFY(m_session->project());
        const QString copy = m_folder->filePath(QStringLiteral("copy.sluice"));
        QVERIFY(m_session->saveProjectAs(copy).ok());
        QVERIFY(!m_session->saveProjectAs(m_folder->filePath(QStringLiteral("no/such/folder.sluice"))).ok());
        m_session->open({copy});
        QTRY_COMPARE(m_session->project()->path, copy);
        QTRY_COMPARE(chain().rowCount(), 3);
    }

    void toldByContentWhetherAFileIsALog_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isLog");
        QTest::newRow("record") << QByteArray("{\"msg\": \"x\"}\n{\"msg\": \"y\"}\n") << true;
        QTest::newRow("one record, no newline") << QByteArray("{\"levelno\": 20}") << true;
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF{\"msg\": \"x\"}\n") << true;
        QTest::newRow("project") << QByteArray("{\"sluice\": 1, \"nodes\": []}") << false;
        QTest::newRow("dictConfig") << QByteArray("{\"version\": 1, \"handlers\": {}}") << false;
        QTest::newRow("indented") << QByteArray("{\n  \"msg\": 1\n}") << false;
        QTest::newRow("empty") << QByteArray() << false;
        QTest::newRow("binary") << QByteArray("\x00\xff\x01", 3) << false;
    }

    void toldByContentWhetherAFileIsALog()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, isLog);
        QCOMPARE(filekind::looksLikeJsonLines(text), isLog);
    }
};

QTEST_MAIN(OpeningTest)
#include "OpeningTest.moc"
