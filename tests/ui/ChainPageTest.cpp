#include "ShowStrings.h"
#include "canvas/ChainCanvas.h"
#include "canvas/NodePalette.h"
#include "canvas/NodePaletteModel.h"
#include "chain/Configuration.h"
#include "chain/NodeRegistry.h"
#include "console/FirstRunHint.h"
#include "console/ConsoleView.h"
#include "inspector/Inspector.h"
#include "inspector/NodePage.h"
#include "inspector/ParamEditor.h"
#include "inspector/ParamField.h"
#include "inspector/ParamForm.h"
#include "shell/Actions.h"
#include "shell/ChainBar.h"
#include "shell/ChainPage.h"
#include "shell/ChainTab.h"
#include "shell/MainWindow.h"
#include "shell/Session.h"
#include "shell/Settings.h"
#include "shell/Sidebar.h"
#include "shell/ViewTabBar.h"
#include "shell/ViewTabs.h"
#include "shell/Views.h"
#include "support/Patience.h"
#include "support/Python.h"

#include <QAction>
#include <QFile>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>

using namespace sluice;

/// The tab of the chain in the real window, with a project that really runs.
class ChainPageTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;

    ChainPage *page() const { return m_window->chainTab()->page(); }
    ChainCanvas *canvas() const { return page()->canvas(); }

    QString write(const QString &name, const QString &text)
    {
        QFile file(m_folder->filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0)
            qFatal("cannot write %s", qPrintable(file.fileName()));
        return file.fileName();
    }

    void openProject(const char *name = "Mine")
    {
        m_session->open({write(QString::fromUtf8(name) + QStringLiteral(".sluice"), QStringLiteral(R"({
            "sluice": 1,
            "name": "%1",
            "nodes": [ { "id": "python", "type": "SocketReceiver", "params": { "port": 0 } }, { "id": "console", "type": "ConsoleHandler" } ],
            "wires": [ { "from": "python", "port": "out", "to": "console" } ] })").arg(QString::fromUtf8(name)))});
        QTRY_VERIFY(m_session->project() && m_session->project()->title == QString::fromUtf8(name));
    }

    void drop(const char *type, const QPoint &to)
    {
        QMimeData data;
        data.setData(ChainCanvas::nodeMimeType, type);
        QDragEnterEvent enter(to, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(canvas(), &enter);
        QDropEvent drop(to, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(canvas(), &drop);
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
        m_session = std::make_unique<Session>(Capture::Options(), m_folder->filePath(QStringLiteral("data")));
        m_window = std::make_unique<MainWindow>(*m_session, *m_settings);
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get(), test::patience));
        openProject();
    }

    void cleanup()
    {
        m_window.reset();
        m_session.reset();
        m_settings.reset();
    }

    void whatIsSelectedIsSetAtItsRight()
    {
        QTest::keyClick(m_window.get(), Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(page() && page()->inspectorSlot()->isVisible());
        Inspector *inspector = page()->inspector();
        QVERIFY(inspector->hint()->isVisible());
        canvas()->scene()->select({"python"});
        auto *form = qobject_cast<NodePage *>(inspector->page());
        QVERIFY(form && form->isVisible());
        QCOMPARE(form->name()->text(), QStringLiteral("python"));
        auto *port = qobject_cast<QLineEdit *>(form->form()->field("port")->editor()->field());
        port->setFocus();
        port->selectAll();
        QTest::keyClicks(port, QStringLiteral("9321"));
        QCOMPARE(page()->editor().chain().node("python")->params.value(QStringLiteral("port")).toInt(), 9321);
        QVERIFY(page()->editor().isModified());
        page()->editor().undo();
        QCOMPARE(port->text(), QStringLiteral("0"));
        canvas()->scene()->select({"python", "console"});
        QCOMPARE(qobject_cast<NodePage *>(inspector->page())->ids().size(), std::size_t(2));
    }

    void opensWhenItIsAskedForAndGivesWayToViews()
    {
        QVERIFY(!page()); // it costs a start nothing
        QTest::keyClick(m_window.get(), Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(page() && page()->isVisible());
        QVERIFY(!m_window->sidebar()->isVisible());
        QVERIFY(canvas()->hasFocus());
        QCOMPARE(page()->editor().chain().nodes().size(), std::size_t(2));
        // Tab goes into the chain, not past it.
        QTest::keyClick(canvas(), Qt::Key_Tab);
        QCOMPARE(canvas()->scene()->current(), std::string("python"));
        // Nobody had placed the nodes.
        QVERIFY(canvas()->scene()->node("console")->position().x() >= NodeItem::width);
        QVERIFY(!page()->editor().isModified());
        // The key of the sidebar folds the palette.
        m_window->actions()->sidebar->trigger();
        QTRY_VERIFY(!page()->palette()->isVisible());
        m_window->actions()->sidebar->trigger();
        QTRY_VERIFY(page()->palette()->isVisible());
        QVERIFY(!m_window->sidebar()->isVisible());
        // The tab of the view that lies below.
        ViewTabBar *bar = m_window->views()->tabs()->bar();
        QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(0).center());
        QVERIFY(!page()->isVisible());
        QVERIFY(m_window->console()->isVisible());
        QVERIFY(m_window->sidebar()->isVisible());
        QVERIFY(!m_window->actions()->chain->isChecked());
        m_window->views()->tabs()->pageButton()->click();
        QVERIFY(page()->isVisible());
        m_window->views()->tabs()->addButton()->click();
        QVERIFY(!page()->isVisible());
    }

    void singleLettersDoNotReachTheRecordsBelow()
    {
        m_window->chainTab()->open();
        const bool followed = m_window->actions()->follow->isChecked();
        const bool paused = m_window->actions()->pause->isChecked();
        QTest::keyClick(canvas(), Qt::Key_F);
        QTest::keyClick(canvas(), Qt::Key_Space);
        QTest::keyClick(page()->palette()->field(), Qt::Key_F);
        QCOMPARE(m_window->actions()->follow->isChecked(), followed);
        QCOMPARE(m_window->actions()->pause->isChecked(), paused);
        // Ctrl+D is the detail's everywhere else.
        canvas()->scene()->select({"console"});
        const bool detail = m_window->actions()->detail->isChecked();
        QTest::keyClick(canvas(), Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(m_window->actions()->detail->isChecked(), detail);
        QCOMPARE(page()->editor().chain().nodes().size(), std::size_t(3));
    }

    void whatIsDrawnRunsWhenItIsApplied()
    {
        m_window->chainTab()->open();
        QVERIFY(!page()->bar()->applyButton()->isVisible());
        // Below the console, close to nothing but the receiver's right.
        const QPointF beside = canvas()->scene()->node("python")->rect().center() + QPointF(40, 180);
        drop("TimedRotatingFileHandler", canvas()->view().toView(beside).toPoint());
        const std::string id = "TimedRotatingFileHandler";
        QVERIFY(canvas()->scene()->node(id));
        // It has no file name yet: that is a problem, and nothing is applied.
        QTRY_COMPARE(page()->bar()->pending()->text(), QStringLiteral("1 change · 1 problem"));
        QVERIFY(!page()->bar()->applyButton()->isEnabled());
        QVERIFY(page()->editor().setParam(id, "filename", QStringLiteral("app.log")));
        const QPoint from = canvas()->view().toView(canvas()->scene()->node("python")->output(0)).toPoint();
        const QPoint to = canvas()->view().toView(canvas()->scene()->node(id)->input()).toPoint();
        QTest::mousePress(canvas(), Qt::LeftButton, {}, from);
        QTest::mouseMove(canvas(), to);
        QTest::mouseRelease(canvas(), Qt::LeftButton, {}, to);
        QTRY_COMPARE(page()->bar()->pending()->text(), QStringLiteral("2 changes wait"));
        QVERIFY(page()->bar()->applyButton()->isEnabled());
        QVERIFY(!canvas()->scene()->node(id)->live());
        QTest::mouseClick(page()->bar()->applyButton(), Qt::LeftButton);
        QTRY_VERIFY(!page()->bar()->applyButton()->isVisible());
        QTRY_VERIFY(canvas()->scene()->node(id)->live() && canvas()->scene()->node(id)->live()->state == NodeStatus::State::Running);
        QVERIFY(runPythonWith({QStringLiteral("-c"), m_window->console()->hint()->code() +
                                                         QStringLiteral("\nfor i in range(20): logging.warning('record %d', i)\nlogging.shutdown()")}).ok);
        QTRY_COMPARE(canvas()->scene()->node(id)->live()->counters.section(QLatin1Char(' '), 0, 1), QStringLiteral("20 records"));
        QFile file(m_folder->filePath(QStringLiteral("app.log")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QTRY_COMPARE((file.seek(0), file.readAll().count('\n')), 20);
    }

    void whatCannotStartLeavesTheOldChainAndSaysWhy()
    {
        m_window->chainTab()->open();
        ChainNode node;
        node.id = "file";
        node.type = NodeRegistry::builtin().find("FileHandler");
        node.params.insert(QStringLiteral("filename"), QStringLiteral("nowhere/app.log"));
        QVERIFY(page()->editor().addNode(std::move(node)));
        QSignalSpy said(page(), &ChainPage::said);
        QTRY_VERIFY(page()->bar()->applyButton()->isEnabled());
        page()->apply();
        QTRY_COMPARE(said.size(), 1);
        QVERIFY(said[0][0].toString().contains(QStringLiteral("\"file\" cannot start")));
        QCOMPARE(page()->bar()->pending()->text(), QStringLiteral("1 change waits"));
        page()->bar()->discardButton()->click();
        QCOMPARE(page()->editor().chain().nodes().size(), std::size_t(2));
        QVERIFY(!page()->bar()->discardButton()->isVisible());
    }

    void undoneToWhatWasSavedItIsNotModified()
    {
        m_window->chainTab()->open();
        QToolButton *tab = m_window->views()->tabs()->pageButton();
        canvas()->scene()->select({"console"});
        QTest::keyClick(canvas(), Qt::Key_Down, Qt::ControlModifier);
        QTRY_COMPARE(tab->text(), QStringLiteral("Chain •"));
        // Where a node stands is to be saved; nothing of it waits to be run.
        QVERIFY(!page()->bar()->applyButton()->isVisible());
        // Also while the palette has the keyboard.
        page()->palette()->list()->setFocus();
        QTest::keyClick(static_cast<QWidget *>(page()->palette()->list()), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(tab->text(), QStringLiteral("Chain"));
    }

    void anotherProjectIsAnotherChain()
    {
        m_window->chainTab()->open();
        QVERIFY(page()->editor().rename("console", "screen"));
        openProject("Other");
        QTRY_VERIFY(canvas()->scene()->node("console"));
        QVERIFY(!page()->editor().canUndo());
        QVERIFY(!page()->editor().isModified());
    }

    void whatWasDrawnAndNotSavedIsKeptWhenAnotherProjectComesAndWhenTheWindowCloses()
    {
        m_window->chainTab()->open();
        QVERIFY(page()->editor().rename("console", "screen"));
        openProject("Other");
        QTRY_VERIFY(canvas()->scene()->node("console"));
        const auto recent = [this] { return m_settings->value(setting::recentFiles).toStringList(); };
        const auto mine = [&recent] { return recent().filter(QStringLiteral("/drawings/Mine, not saved ")); };
        QTRY_COMPARE(mine().size(), 1);
        const QStringList drawings = mine();
        QTRY_VERIFY(QFileInfo::exists(drawings.front()));
        QVERIFY(loadConfiguration(drawings.front().toStdString()).chain.node("screen"));

        QVERIFY(page()->editor().rename("console", "wall"));
        m_window->close();
        const QString closed = recent().front();
        QVERIFY2(closed.contains(QStringLiteral("/drawings/Other, not saved ")), qPrintable(closed));
        QVERIFY(loadConfiguration(closed.toStdString()).chain.node("wall"));
    }

    void savingWritesWhatIsDrawn()
    {
        m_window->chainTab()->open();
        QVERIFY(page()->editor().rename("console", "screen"));
        const QString path = m_folder->filePath(QStringLiteral("saved.sluice"));
        QVERIFY(m_session->saveProjectAs(path, m_window->chainTab()->drawn()));
        m_window->chainTab()->setSaved();
        QVERIFY(!page()->editor().isModified());
        QVERIFY(loadConfiguration(path.toStdString()).chain.node("screen"));
        // What is saved is not kept a second time.
        openProject("Other");
        QTRY_VERIFY(canvas()->scene()->node("console"));
        QVERIFY(m_settings->value(setting::recentFiles).toStringList().filter(QStringLiteral("/drawings/")).isEmpty());
    }

    void savedElsewhereItsPathsBeginThere()
    {
        // Without paths nothing is started again.
        const Router *router = m_session->project()->router.get();
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("sub")));
        QVERIFY(m_session->saveProjectAs(m_folder->filePath(QStringLiteral("sub/first.sluice"))));
        QTRY_VERIFY(!m_session->isBusy());
        QCOMPARE(m_session->project()->router.get(), router);
        QCOMPARE(m_session->project()->title, QStringLiteral("Mine"));

        m_session->open({write(QStringLiteral("logs.sluice"), QStringLiteral(R"({ "sluice": 2, "name": "Logs", "nodes": [ { "id": "file", "type": "FileHandler",
            "params": { "filename": "app.log" } } ], "wires": [] })"))});
        QTRY_VERIFY(QFileInfo::exists(m_folder->filePath(QStringLiteral("app.log"))));
        QTRY_VERIFY(m_session->project()->title == QStringLiteral("Logs"));
        QVERIFY(m_session->saveProjectAs(m_folder->filePath(QStringLiteral("sub/logs.sluice"))));
        QTRY_VERIFY(QFileInfo::exists(m_folder->filePath(QStringLiteral("sub/app.log"))));
        QTRY_COMPARE(m_session->project()->baseDirectory, m_folder->filePath(QStringLiteral("sub")).toStdString());
    }

    void aNewProjectIsEmptyAndAskedForAgainEmptyAgain()
    {
        QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
        QTRY_COMPARE(m_session->project()->title, QStringLiteral("New project"));
        QVERIFY(page() && page()->isVisible());
        QTRY_VERIFY(page()->editor().chain().nodes().empty());
        QVERIFY(page()->editor().addNode({.id = "end", .type = NodeRegistry::builtin().find("NullHandler"), .params = {}, .x = 0, .y = 0}));
        m_session->startNew();
        QTRY_VERIFY(page()->editor().chain().nodes().empty());
    }

    void tellsTheInspectorWhatIsSelected()
    {
        m_window->chainTab()->open();
        QVERIFY(page()->inspectorSlot()->isVisible());
        QSignalSpy items(page(), &ChainPage::selectionChanged);
        QSignalSpy wires(page(), &ChainPage::wireSelected);
        QSignalSpy inspected(page(), &ChainPage::inspectRequested);
        const auto click = [&](const QPointF &scene) { QTest::mouseClick(canvas(), Qt::LeftButton, {}, canvas()->view().toView(scene).toPoint()); };
        click(canvas()->scene()->node("python")->rect().center());
        QCOMPARE(items.last().front().toStringList(), QStringList{QStringLiteral("python")});
        click(canvas()->scene()->wires().front().middle());
        QCOMPARE(wires.last().front().value<Wire>().to, std::string("console"));
        QTest::keyClick(canvas(), Qt::Key_Return);
        QCOMPARE(inspected.size(), 1);
    }
};

QTEST_MAIN(ChainPageTest)
#include "ChainPageTest.moc"
