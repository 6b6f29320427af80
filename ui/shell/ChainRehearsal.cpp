#include "shell/ChainRehearsal.h"

#include "canvas/ChainCanvas.h"
#include "console/Words.h"

#include <QSplitter>

namespace sluice {

namespace {

/// What goes out of a node, in a few words.
QString goesOut(const RehearsedNode &node)
{
    if (node.output)
        return QString::fromStdString(node.output->piecesInWords());
    return words::counted(node.passed(), ChainRehearsal::tr("record"), ChainRehearsal::tr("records"));
}

NodeItem::Rehearsed rehearsedWords(const NodeComparison &node)
{
    const QString now = goesOut(*node.edited);
    if (!node.running)
        return {ChainRehearsal::tr("≠ %1, new").arg(now), true};
    if (!node.differs())
        return {QStringLiteral("= ") + now, false};
    const QString before = goesOut(*node.running);
    return {before == now ? ChainRehearsal::tr("≠ %1, others").arg(now) : ChainRehearsal::tr("≠ %1, were %2").arg(now, before.section(QLatin1Char(' '), 0, 0)), true};
}

} // namespace

ChainRehearsal::ChainRehearsal(ChainCanvas *canvas, QSplitter *place, RehearsalPanel::Context context, QObject *parent)
    : QObject(parent), m_canvas(canvas), m_place(place), m_context(std::move(context))
{
}

void ChainRehearsal::make()
{
    m_panel = new RehearsalPanel(m_context);
    m_place->addWidget(m_panel);
    m_place->setStretchFactor(0, 3);
    m_place->setStretchFactor(1, 2);
    connect(m_panel, &RehearsalPanel::reported, this, &ChainRehearsal::show);
    connect(m_panel, &RehearsalPanel::closed, this, &ChainRehearsal::close);
    connect(m_panel, &RehearsalPanel::nodeChosen, m_canvas, [this](const QString &id) {
        if (const NodeItem *item = m_canvas->scene()->node(id.toStdString())) {
            m_canvas->scene()->select({item->id()});
            m_canvas->reveal(item->rect());
        }
    });
    connect(m_canvas->scene(), &ChainScene::stepDone, m_panel, &RehearsalPanel::setOutdated);
}

bool ChainRehearsal::isOpen() const { return m_panel && m_panel->isVisible(); }

void ChainRehearsal::open()
{
    if (!m_panel)
        make();
    m_panel->open();
}

void ChainRehearsal::close()
{
    m_panel->hide();
    show(nullptr);
    m_canvas->setFocus();
}

void ChainRehearsal::forget()
{
    if (m_panel)
        m_panel->forget();
}

void ChainRehearsal::show(const std::shared_ptr<const CaptureRehearsalReport> &report)
{
    std::unordered_map<std::string, NodeItem::Rehearsed> rehearsed;
    if (report) {
        for (const NodeComparison &node : report->nodes) {
            if (node.edited)
                rehearsed.emplace(node.id, rehearsedWords(node));
        }
    }
    m_canvas->scene()->setRehearsed(std::move(rehearsed));
}

} // namespace sluice
