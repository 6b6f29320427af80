#include "RealMouse.h"
#include "ShowStrings.h"
#include "canvas/CanvasHint.h"
#include "canvas/ChainCanvas.h"
#include "canvas/NodePalette.h"
#include "canvas/NodePaletteModel.h"
#include "chain/Configuration.h"
#include "inspector/Inspector.h"
#include "inspector/NodePage.h"
#include "inspector/ParamField.h"
#include "inspector/ParamForm.h"
#include "shell/ChainBar.h"
#include "shell/ChainPage.h"
#include "shell/ChainTab.h"
#include "shell/MainWindow.h"
#include "shell/Session.h"
#include "shell/Settings.h"
#include "support/FreePort.h"
#include "support/Patience.h"
#include "support/Program.h"
#include "support/Python.h"
#include "support/TestPaths.h"

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QScrollArea>
#include <QTemporaryDir>
#include <QToolButton>

using namespace sluice;
using sluice::test::RealMouse;

/// Chains drawn from an empty canvas as people do it, by the display's own mouse and keyboard, saved, opened again and run, with a
/// real mail server, real files and a real Python program. Needs an X display (tests/with-desktop).
class DrawingByMouseTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
    int m_port = 0;

    ChainPage *page() const { return m_window->chainTab()->page(); }
    ChainCanvas *canvas() const { return page()->canvas(); }
    const Chain &drawn() const { return page()->editor().chain(); }
    QString path(const char *name) const { return m_folder->filePath(QLatin1String(name)); }

    static QPoint centreOf(const QWidget *widget) { return widget->mapToGlobal(widget->rect().center()); }
    QPoint onScreen(const QPointF &scene) const { return canvas()->mapToGlobal(canvas()->view().toView(scene).toPoint()); }

    void openWindow()
    {
        m_session = std::make_unique<Session>(Capture::Options(), path("data"));
        m_window = std::make_unique<MainWindow>(*m_session, *m_settings);
        m_window->resize(1240, 740);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get(), test::patience));
    }

    /// Searches the palette and drags what was found onto the canvas, to a point of the scene.
    void put(const char *type, const QPointF &centre)
    {
        QVERIFY(RealMouse::click(centreOf(page()->palette()->field()), 3));
        QVERIFY(RealMouse::type(QLatin1String(type)));
        const NodePaletteModel *model = page()->palette()->model();
        QListView *list = page()->palette()->list();
        const auto row = [&] {
            for (int i = 0; i < model->rowCount(); ++i) {
                if (model->type(model->index(i)) && model->type(model->index(i))->name() == type)
                    return model->index(i);
            }
            return QModelIndex();
        };
        QTRY_VERIFY(page()->palette()->field()->text() == QLatin1String(type) && row().isValid());
        const std::size_t before = drawn().nodes().size();
        QVERIFY(RealMouse::drag(list->viewport()->mapToGlobal(list->visualRect(row()).center()), onScreen(centre)));
        QTRY_COMPARE(drawn().nodes().size(), before + 1);
        QCOMPARE(drawn().nodes().back().type->name(), std::string(type));
    }

    /// Draws a wire, if dropping the node has not made it already.
    void wire(const char *from, std::size_t output, const char *to)
    {
        const auto isThere = [&] { return std::ranges::any_of(drawn().wires(), [&](const Wire &wire) { return wire.from == from && wire.to == to; }); };
        if (isThere())
            return;
        QVERIFY(RealMouse::drag(onScreen(canvas()->scene()->node(from)->output(output)), onScreen(canvas()->scene()->node(to)->input())));
        QTRY_VERIFY(isThere());
    }

    static void reveal(QWidget *field)
    {
        for (QWidget *parent = field; parent; parent = parent->parentWidget()) {
            if (auto *area = qobject_cast<QScrollArea *>(parent))
                area->ensureWidgetVisible(field);
        }
        QCoreApplication::processEvents();
    }

    /// Picks a node and types into the field of one of its parameters.
    void set(const char *node, const char *key, const QString &text)
    {
        QVERIFY(RealMouse::click(onScreen(canvas()->scene()->node(node)->rect().center())));
        const auto form = [&] {
            auto *shown = qobject_cast<NodePage *>(page()->inspector()->page());
            return shown && shown->ids() == std::vector<std::string>{node} ? shown->form() : nullptr;
        };
        QTRY_VERIFY(form());
        QWidget *field = form()->field(key)->editor()->field();
        if (!field->isVisible())
            QVERIFY(RealMouse::click(centreOf(form()->moreButton())));
        QTRY_VERIFY(field->isVisible());
        if (auto *box = qobject_cast<QComboBox *>(field)) {
            reveal(field);
            QVERIFY(RealMouse::click(centreOf(box)));
            QTRY_VERIFY(QApplication::activePopupWidget());
            QVERIFY(RealMouse::type(text));
            QVERIFY(RealMouse::key("Return"));
        } else {
            // Words that come and go above it move it.
            const auto clicked = [&] {
                reveal(field);
                return RealMouse::click(centreOf(field)) && field->hasFocus();
            };
            QTRY_VERIFY2(clicked(), key);
            QVERIFY(RealMouse::key("ctrl+a"));
            QVERIFY(RealMouse::type(text));
        }
        QTRY_VERIFY2(drawn().node(node)->params.contains(QLatin1String(key)), key);
    }

    void saveCloseAndOpenAgain()
    {
        QVERIFY(RealMouse::click(onScreen(canvas()->scene()->bounds().bottomRight() + QPointF(30, 30))));
        QVERIFY(RealMouse::answer("ctrl+s", QStringLiteral("Save project as"), path("drawn.sluice")));
        QTRY_VERIFY(QFile::exists(path("drawn.sluice")));
        QTRY_VERIFY(!page()->editor().isModified());
        const Chain saved = drawn();
        QVERIFY(RealMouse::key("ctrl+q"));
        QTRY_VERIFY(!m_window->isVisible());
        m_window.reset();
        m_session.reset();
        openWindow();
        m_session->open({path("drawn.sluice")});
        QTRY_VERIFY(m_session->project() && !m_session->isBusy());
        QVERIFY(m_session->project()->chain.wires() == saved.wires());
        m_window->chainTab()->open();
        QTRY_COMPARE(drawn().nodes().size(), saved.nodes().size());
    }

    /// Has the chain run as it is drawn.
    void apply()
    {
        QPushButton *button = page()->bar()->applyButton();
        QTRY_VERIFY(button->isVisible() && button->isEnabled());
        QVERIFY(RealMouse::click(centreOf(button)));
        QTRY_VERIFY(!button->isVisible());
    }

    bool send(const char *code) const
    {
        const QString program = QStringLiteral("import logging, logging.handlers\n"
                                               "log = logging.getLogger('shop')\n"
                                               "log.setLevel(logging.DEBUG)\n"
                                               "log.addHandler(logging.handlers.SocketHandler('127.0.0.1', %1))\n%2\nlogging.shutdown()\n")
                                    .arg(m_port)
                                    .arg(QLatin1String(code));
        return runPythonWith({QStringLiteral("-c"), program}).ok;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!RealMouse::isThere())
            QSKIP("There is no X display: tests/with-desktop has one.");
    }

    void init()
    {
        m_port = test::freePort();
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(path("settings.ini"));
        openWindow();
        QVERIFY(RealMouse::key("ctrl+n"));
        QTRY_VERIFY(m_session->project() && page() && page()->isVisible());
        QVERIFY(drawn().nodes().empty());
        QVERIFY(canvas()->hint()->isVisible());
    }

    void cleanup()
    {
        m_window.reset();
        m_session.reset();
        m_settings.reset();
    }

    void aBufferThatMailsWhatLedToAnErrorIsDrawnSavedOpenedAndRun()
    {
        Program server(QString::fromLatin1(pythonProgram), {test::inSource("tests/handler/mail_server.py"), QStringLiteral("plain"), QString(), QString()});
        const QString mailPort = QString::fromLatin1(server.readLine());
        QVERIFY(mailPort.toInt() > 0);

        const QPointF middle = canvas()->middle();
        put("SocketReceiver", middle + QPointF(-240, -160));
        put("MemoryHandler", middle + QPointF(60, -160));
        put("SMTPHandler", middle + QPointF(60, 120));
        wire("SocketReceiver", 0, "MemoryHandler");
        wire("MemoryHandler", 0, "SMTPHandler");
        QCOMPARE(drawn().wires().size(), std::size_t(2));
        set("SocketReceiver", "port", QString::number(m_port));
        set("MemoryHandler", "capacity", QStringLiteral("10"));
        set("SMTPHandler", "mailhost", QStringLiteral("127.0.0.1\t") + mailPort);
        set("SMTPHandler", "fromaddr", QStringLiteral("sluice@example.org"));
        set("SMTPHandler", "toaddrs", QStringLiteral("ops@example.org"));
        set("SMTPHandler", "subject", QStringLiteral("Trouble in the shop"));
        apply();

        QVERIFY(send("log.info('before')\nlog.error('it failed')"));
        QByteArray mails;
        const auto next = [&server] { return QByteArray::fromHex(QJsonDocument::fromJson(server.readLine()).object().value(u"data").toString().toLatin1()); };
        QVERIFY(next().contains("before"));
        QVERIFY(next().contains("it failed"));

        saveCloseAndOpenAgain();
        QVERIFY(send("log.info('again before')\nlog.error('again it failed')"));
        const QByteArray first = next();
        QVERIFY2(first.contains("again before") && first.contains("Subject: Trouble in the shop") && first.contains("To: ops@example.org"), first.constData());
        QVERIFY(next().contains("again it failed"));
    }

    void aTimedRotationIsDrawnSavedOpenedAndRun()
    {
        const QPointF middle = canvas()->middle();
        put("SocketReceiver", middle + QPointF(-240, -60));
        put("TimedRotatingFileHandler", middle + QPointF(160, -60));
        wire("SocketReceiver", 0, "TimedRotatingFileHandler");
        set("SocketReceiver", "port", QString::number(m_port));
        set("TimedRotatingFileHandler", "filename", QStringLiteral("app.log"));
        set("TimedRotatingFileHandler", "when", QStringLiteral("S"));
        QCOMPARE(drawn().node("TimedRotatingFileHandler")->params.value(u"when").toString(), QStringLiteral("S"));
        saveCloseAndOpenAgain();

        // Records until the second has turned twice: three files.
        const QDir folder(m_folder->path());
        const auto logs = [&folder] { return folder.entryList({QStringLiteral("app.log*")}, QDir::Files, QDir::Name); };
        int sent = 0;
        const auto sendOne = [&] { return send(qPrintable(QStringLiteral("log.warning('record %1')").arg(sent++))); };
        QTRY_VERIFY(sendOne() && logs().size() >= 3);
        const auto lines = [&] {
            QStringList names = logs();
            names.append(names.takeFirst()); // app.log itself is the newest
            QByteArray all;
            for (const QString &name : std::as_const(names)) {
                QFile file(folder.filePath(name));
                if (file.open(QIODevice::ReadOnly))
                    all += file.readAll();
            }
            return all;
        };
        QByteArray expected;
        for (int i = 0; i < sent; ++i)
            expected += "record " + QByteArray::number(i) + "\n";
        QTRY_COMPARE(lines(), expected);
    }
};

QTEST_MAIN(DrawingByMouseTest)
#include "DrawingByMouseTest.moc"
