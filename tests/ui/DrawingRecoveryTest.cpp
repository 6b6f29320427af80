#include "ShowStrings.h"
#include "canvas/ChainCanvas.h"
#include "chain/Configuration.h"
#include "chain/NodeRegistry.h"
#include "shell/ChainBar.h"
#include "shell/ChainPage.h"
#include "shell/ChainTab.h"
#include "shell/MainWindow.h"
#include "shell/RecoveryBanner.h"
#include "shell/Session.h"
#include "shell/Settings.h"
#include "support/Patience.h"
#include "support/Program.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <cstdio>
#include <memory>

using namespace sluice;

namespace {

constexpr auto drawsOn = "--draw";

ChainNode fileNode(const char *id)
{
    ChainNode node;
    node.id = id;
    node.type = NodeRegistry::builtin().find("FileHandler");
    return node;
}

/// A window with a session of its own over a folder.
struct Window
{
    explicit Window(const QString &folder)
        : settings(folder + QStringLiteral("/settings.ini")), session(Capture::Options(), folder + QStringLiteral("/data")), window(session, settings)
    {
        window.resize(1280, 800);
        window.show();
    }

    ChainPage *page() const { return window.chainTab()->page(); }

    Settings settings;
    Session session;
    MainWindow window;
};

/// What this program is when it is to be killed: it opens a project, draws a node that has no file name yet, and draws on when it is
/// told to, until it is killed.
int draw(const QString &folder)
{
    Window it(folder);
    it.session.open({folder + QStringLiteral("/mine.sluice")});
    QTimer::singleShot(0, &it.window, [&it] {
        QObject::connect(&it.session, &Session::runsChanged, &it.window, [&it] {
            if (it.page())
                return;
            it.window.chainTab()->open();
            if (it.page()->editor().addNode(fileNode("drawn")) && it.page()->editor().rename("console", "screen"))
                std::puts("drawn");
            std::fflush(stdout);
        });
    });
    return QApplication::exec();
}

} // namespace

/// What is drawn is kept while it is drawn: programs that are really killed, and what the next one offers.
class DrawingRecoveryTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString path(const char *name) const { return m_folder->filePath(QLatin1String(name)); }
    QStringList kept(const char *pattern = "*.sluice") const { return QDir(path("data/drawings")).entryList({QLatin1String(pattern)}, QDir::Files); }
    QString onlyKept() const { return path("data/drawings/") + kept().value(0); }
    bool isDrawn(const char *id) const { return kept().size() == 1 && loadConfiguration(onlyKept().toStdString()).chain.node(id); }

    std::unique_ptr<Window> open() const
    {
        auto it = std::make_unique<Window>(m_folder->path());
        it->session.open({path("mine.sluice")});
        return it;
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QFile file(path("mine.sluice"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write(R"({ "sluice": 2, "name": "Mine", "nodes": [ { "id": "python", "type": "SocketReceiver", "params": { "port": 0 } },
            { "id": "console", "type": "ConsoleHandler", "position": [320, 0] } ], "wires": [ { "from": "python", "to": "console" } ] })") > 0);
    }

    void afterAKillTheNextStartOffersWhatWasDrawn()
    {
        Program victim(QCoreApplication::applicationFilePath(), {QLatin1String(drawsOn), m_folder->path()}, Program::Ending::Kill);
        QCOMPARE(victim.readLine(), QByteArray("drawn"));
        QTRY_VERIFY(isDrawn("drawn") && isDrawn("screen"));
        // Another window, while that one lives: nothing is offered.
        {
            Session beside(Capture::Options(), path("data"));
            QSignalSpy found(&beside, &Session::drawingsFound);
            beside.findDrawings();
            QTRY_VERIFY(!beside.isBusy());
            QCOMPARE(found.size(), 0);
        }
        victim.end(); // SIGKILL

        Window next(m_folder->path());
        next.session.startNew();
        next.session.findDrawings();
        QTRY_VERIFY(next.window.recovery()->isVisible());
        QVERIFY2(next.window.recovery()->words()->text().contains(QStringLiteral("“Mine”")), qPrintable(next.window.recovery()->words()->text()));
        const QString file = onlyKept();
        next.window.recovery()->openButton()->click();
        QVERIFY(!next.window.recovery()->isVisible());
        // Its project runs as it was saved; what was drawn is on the canvas, not saved, and not finished.
        QTRY_VERIFY(next.page() && next.page()->editor().chain().node("drawn"));
        QCOMPARE(next.session.project()->path, path("mine.sluice"));
        QVERIFY(next.session.project()->chain.node("console"));
        QVERIFY(next.page()->editor().chain().node("screen"));
        QVERIFY(next.page()->editor().isModified());
        QVERIFY(next.window.chainTab()->page()->isVisible());
        QTRY_VERIFY(next.page()->bar()->pending()->text().contains(QStringLiteral("1 problem")));
        // It is drawn on in the same file, and saving ends it.
        QVERIFY(next.page()->editor().rename("screen", "wall"));
        QTRY_VERIFY(isDrawn("wall"));
        QCOMPARE(onlyKept(), file);
        QVERIFY(next.session.saveProjectAs(path("mine.sluice"), next.window.chainTab()->drawn()));
        next.window.chainTab()->setSaved();
        QTRY_VERIFY(kept("*").isEmpty());
    }

    void anOfferIsMadeOnceAndStaysAmongTheRecentFiles()
    {
        Program victim(QCoreApplication::applicationFilePath(), {QLatin1String(drawsOn), m_folder->path()}, Program::Ending::Kill);
        QCOMPARE(victim.readLine(), QByteArray("drawn"));
        QTRY_VERIFY(isDrawn("drawn"));
        victim.end();
        {
            Window next(m_folder->path());
            next.session.findDrawings();
            QTRY_VERIFY(next.window.recovery()->isVisible());
            next.window.recovery()->laterButton()->click();
            QCOMPARE(next.settings.value(setting::recentFiles).toStringList().value(0), onlyKept());
        }
        Window third(m_folder->path());
        QSignalSpy found(&third.session, &Session::drawingsFound);
        third.session.findDrawings();
        QTRY_VERIFY(!third.session.isBusy());
        QCOMPARE(found.size(), 0);
        // As any recent file it is drawn above its project.
        third.session.open({onlyKept()});
        QTRY_VERIFY(third.page() && third.page()->editor().chain().node("drawn"));
        QCOMPARE(third.session.project()->path, path("mine.sluice"));
    }

    void whatIsSavedOrTakenBackIsKeptNoLonger()
    {
        const std::unique_ptr<Window> it = open();
        QTRY_VERIFY(it->session.project());
        it->window.chainTab()->open();
        QVERIFY(it->page()->editor().rename("console", "screen"));
        QTRY_VERIFY(isDrawn("screen"));
        QCOMPARE(QFile::permissions(path("data/drawings")) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        it->page()->editor().undo();
        QTRY_VERIFY(kept("*").isEmpty());
        QVERIFY(it->page()->editor().rename("console", "wall"));
        QTRY_VERIFY(isDrawn("wall"));
        it->window.close();
        // It was left with leave: nothing to be offered.
        QCOMPARE(kept("*"), kept());
        QVERIFY(isDrawn("wall"));
    }

    void aDrawingHoldsNoSecretAndKeepsWhereItsPathsBegin()
    {
        const std::unique_ptr<Window> it = open();
        QTRY_VERIFY(it->session.project());
        it->window.chainTab()->open();
        ChainNode mail;
        mail.id = "mail";
        mail.type = NodeRegistry::builtin().find("HttpReceiver");
        mail.params.insert(QStringLiteral("token"), QStringLiteral("open sesame"));
        QVERIFY(it->page()->editor().addNode(std::move(mail)));
        QTRY_VERIFY(isDrawn("mail"));
        QFile file(onlyKept());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("sesame"));
        const Configuration read = loadConfiguration(onlyKept().toStdString());
        QCOMPARE(read.baseDirectory, m_folder->path().toStdString());
        QCOMPARE(read.extras.drawing->project, path("mine.sluice").toStdString());
    }

    void aDiskThatRefusesIsSaidOnce()
    {
        QVERIFY(QDir().mkpath(path("data")));
        QFile inTheWay(path("data/drawings"));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        const std::unique_ptr<Window> it = open();
        QTRY_VERIFY(it->session.project());
        it->window.chainTab()->open();
        QSignalSpy said(&it->session, &Session::said);
        QVERIFY(it->page()->editor().rename("console", "a"));
        QTRY_COMPARE(said.size(), 1);
        QVERIFY(said[0][0].toString().contains(QStringLiteral("drawings")));
        for (int i = 0; i < 3; ++i) {
            it->session.keepDrawing({it->page()->editor().chain(), QStringLiteral("Mine"), {}});
            QTRY_VERIFY(!it->session.isKeepingDrawing());
        }
        QCOMPARE(said.size(), 1);
        // From when there is room again, it is kept.
        QVERIFY(inTheWay.remove());
        QVERIFY(it->page()->editor().rename("a", "d"));
        QTRY_VERIFY(isDrawn("d"));
    }
};

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    if (argc == 3 && QLatin1String(argv[1]) == QLatin1String(drawsOn))
        return draw(QString::fromLocal8Bit(argv[2]));
    DrawingRecoveryTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "DrawingRecoveryTest.moc"
