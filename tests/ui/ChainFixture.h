#pragma once

#include "canvas/ChainCanvas.h"
#include "chain/NodeRegistry.h"
#include "chain/Router.h"
#include "handler/SocketHandler.h"
#include "shell/ChainPage.h"
#include "shell/ChainTab.h"
#include "ui/ViewFixture.h"

#include <QSignalSpy>

namespace sluice::test {

/// The real window with a project that runs, and the tab of its chain open.
struct ChainFixture : ViewFixture
{
    /// "python", a receiver of sockets, leads to "console" and, by the filter "errors", to the file "errors.log".
    bool openProject(const QString &name = QStringLiteral("Mine"))
    {
        const QByteArray project = R"({
            "sluice": 1, "name": "%1",
            "nodes": [ { "id": "python", "type": "SocketReceiver", "params": { "port": 0 } },
                       { "id": "console", "type": "ConsoleHandler" },
                       { "id": "errors", "type": "ExpressionFilter", "params": { "expression": "level >= ERROR" } },
                       { "id": "errors.log", "type": "FileHandler", "params": { "filename": "errors.log" } } ],
            "wires": [ { "from": "python", "port": "out", "to": "console" },
                       { "from": "python", "port": "out", "to": "errors" },
                       { "from": "errors", "port": "out", "to": "errors.log" } ] })";
        session->open({write(name + QStringLiteral(".sluice"), QString::fromUtf8(project).arg(name).toUtf8())});
        return QTest::qWaitFor([&] { return session->project() && session->project()->title == name && session->isRunning(); }, test::patience);
    }
    bool openChain()
    {
        settings->setValue(setting::showSidebar, true);
        settings->setValue(setting::showDetail, true);
        if (!open() || !QTest::qWaitForWindowActive(window.get(), test::patience))
            return false;
        window->resize(1280, 800);
        if (!openProject())
            return false;
        window->chainTab()->open();
        // Once all has its place, so that who points at something points at it.
        return QTest::qWaitFor([&] {
            return canvas()->scene()->nodes().size() == 4 && canvas()->isVisible() && window->width() == 1280 && page()->inspectorSlot()->width() > 300 &&
                   canvas()->rect().contains(at(canvas()->scene()->bounds().bottomRight()));
        }, test::patience);
    }

    ChainPage *page() const { return window->chainTab()->page(); }
    ChainCanvas *canvas() const { return page()->canvas(); }
    QPoint at(const QPointF &scene) const { return canvas()->view().toView(scene).toPoint(); }
    const WireItem &wireTo(const char *to) const
    {
        for (const WireItem &item : canvas()->scene()->wires()) {
            if (item.wire().to == to)
                return item;
        }
        qFatal("no wire to %s", to);
    }

    /// As a program with Python's SocketHandler does.
    void send(int count, int level = 20, std::string_view message = "record", std::string_view logger = "app")
    {
        LogRecordBatch batch;
        for (int i = 0; i < count; ++i)
            addRecord(batch, logger, level, message, 1'700'000'000.25 + i);
        SocketHandler::Options options;
        options.host = "127.0.0.1";
        for (const NodeStatus &node : session->project()->router->status().nodes) {
            if (node.id == "python")
                options.port = static_cast<std::uint16_t>(std::stoi(node.endpoint.substr(node.endpoint.rfind(':') + 1)));
        }
        SocketHandler handler(options);
        handler.handle(pointers(batch));
        handler.close();
    }
    WireStatus wireStatus(const char *to) const
    {
        for (const WireStatus &wire : session->project()->router->status().wires) {
            if (wire.to == to)
                return wire;
        }
        return {};
    }
    bool apply()
    {
        QSignalSpy applied(session.get(), &Session::applied);
        page()->apply();
        return QTest::qWaitFor([&] { return applied.size() == 1; }, test::patience) && applied[0][0].toString().isEmpty();
    }
};

} // namespace sluice::test
