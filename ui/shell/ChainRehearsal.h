#pragma once

#include "shell/RehearsalPanel.h"

#include <QObject>

class QSplitter;

namespace sluice {

class ChainCanvas;

/// The rehearsal of the chain that is drawn: its panel below the canvas, made when it is first wanted, and what became of the records,
/// written on the nodes. For the UI thread.
class ChainRehearsal : public QObject
{
    Q_OBJECT

public:
    /// Canvas and splitter, where the panel has its place below the canvas, outlive it.
    ChainRehearsal(ChainCanvas *canvas, QSplitter *place, RehearsalPanel::Context context, QObject *parent);

    /// Null before it was first opened.
    RehearsalPanel *panel() const { return m_panel; }
    bool isOpen() const;
    void open();
    /// Takes what it found from the nodes, too.
    void close();
    /// Another chain is drawn, of which nothing is known.
    void forget();

private:
    void make();
    void show(const std::shared_ptr<const CaptureRehearsalReport> &report);

    ChainCanvas *const m_canvas;
    QSplitter *const m_place;
    RehearsalPanel::Context m_context;
    RehearsalPanel *m_panel = nullptr;
};

} // namespace sluice
