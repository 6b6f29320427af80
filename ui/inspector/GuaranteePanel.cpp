#include "inspector/GuaranteePanel.h"

#include "look/ChoiceBox.h"

#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace sluice {

namespace {

QString wayOf(const RouteGuarantee &route)
{
    QStringList nodes;
    for (const std::string &node : route.nodes)
        nodes << QString::fromStdString(node);
    return nodes.join(QStringLiteral(" → "));
}

QLabel *addRow(QVBoxLayout &layout, const QString &title, const QString &spoken)
{
    auto *heading = new QLabel(title);
    heading->setObjectName(QStringLiteral("fieldTitle"));
    auto *words = new QLabel;
    words->setObjectName(QStringLiteral("secondary"));
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    words->setAccessibleName(spoken);
    layout.addWidget(heading);
    layout.addWidget(words);
    layout.addSpacing(4);
    return words;
}

} // namespace

GuaranteePanel::GuaranteePanel(QWidget *parent) : QWidget(parent), m_route(new ChoiceBox), m_weakest(new QLabel), m_cut(new QLabel)
{
    setObjectName(QStringLiteral("guarantee"));
    setAccessibleName(tr("What a failure would cost"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto *title = new QLabel(tr("If something fails"));
    title->setObjectName(QStringLiteral("title"));
    layout->addWidget(title);
    m_route->setAccessibleName(tr("Route"));
    m_route->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_route->setMinimumContentsLength(12);
    layout->addWidget(m_route);
    layout->addSpacing(4);
    m_crash = addRow(*layout, tr("A crash costs"), tr("What a crash costs"));
    m_fullDisk = addRow(*layout, tr("A full disk costs"), tr("What a full disk costs"));
    m_deadPeer = addRow(*layout, tr("A dead peer costs"), tr("What a dead peer costs"));
    for (QLabel *label : {m_weakest, m_cut}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        layout->addWidget(label);
    }
    m_weakest->setAccessibleName(tr("Weakest link"));
    m_cut->setObjectName(QStringLiteral("secondary"));
    m_cut->setText(tr("The chain has more routes than can be shown."));
    connect(m_route, &QComboBox::currentIndexChanged, this, &GuaranteePanel::showRoute);
    hide();
}

void GuaranteePanel::showRoutes(const ChainGuarantee &guarantee, const std::string &node)
{
    const QString before = m_route->currentText();
    m_routes.clear();
    std::ranges::copy_if(guarantee.routes, std::back_inserter(m_routes), [&](const RouteGuarantee &route) { return route.contains(node); });
    {
        const QSignalBlocker quiet(m_route);
        m_route->clear();
        for (const RouteGuarantee &route : m_routes) {
            m_route->addItem(wayOf(route));
            m_route->setItemData(m_route->count() - 1, wayOf(route), Qt::ToolTipRole);
        }
        m_route->setCurrentIndex(std::max(0, m_route->findText(before)));
    }
    m_route->setEnabled(m_routes.size() > 1);
    m_cut->setVisible(guarantee.isCut);
    setVisible(!m_routes.empty());
    showRoute(m_route->currentIndex());
}

void GuaranteePanel::showRoute(int index)
{
    const RouteGuarantee *route = index >= 0 && static_cast<std::size_t>(index) < m_routes.size() ? &m_routes[static_cast<std::size_t>(index)] : nullptr;
    m_weakestNode.clear();
    m_why.clear();
    if (route) {
        m_route->setToolTip(m_route->currentText());
        m_crash->setText(QString::fromStdString(route->crash.sentence));
        m_fullDisk->setText(QString::fromStdString(route->fullDisk.sentence));
        m_deadPeer->setText(QString::fromStdString(route->deadPeer.sentence));
        const QString failure = route->weakestFailure == "crash"       ? tr("a crash")
                                : route->weakestFailure == "full disk" ? tr("a full disk")
                                                                       : tr("a dead peer");
        m_weakestNode = QString::fromStdString(route->weakest);
        if (m_weakestNode.isEmpty()) {
            m_weakest->setText(tr("No node is weaker than the router itself."));
        } else {
            m_weakest->setText(tr("The weakest link is “%1”, in case of %2.").arg(m_weakestNode, failure));
            m_why = tr("The weakest link of %1, in case of %2").arg(m_route->currentText(), failure);
        }
    }
    tellWeakest();
}

void GuaranteePanel::tellWeakest() { Q_EMIT weakestChanged(m_weakestNode, m_why); }

} // namespace sluice
