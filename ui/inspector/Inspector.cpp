#include "inspector/Inspector.h"

#include "inspector/CommentPage.h"
#include "inspector/GuaranteePanel.h"
#include "inspector/NodePage.h"
#include "inspector/TrialPanel.h"
#include "inspector/WirePage.h"

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace sluice {

Inspector::Inspector(ChainEditor &editor, FormContext context, QWidget *parent)
    : QWidget(parent), m_editor(editor), m_context(std::move(context)), m_scroll(new QScrollArea), m_hint(new QLabel),
      m_trial(new TrialPanel(editor, m_context, this))
{
    setObjectName(QStringLiteral("inspector"));
    setAccessibleName(tr("Inspector"));
    setMinimumWidth(260);
    m_scroll->setObjectName(QStringLiteral("inspectorScroll"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_hint->setObjectName(QStringLiteral("secondary"));
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setContentsMargins(24, 24, 24, 24);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_hint, 1);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(m_trial);
    m_editor.addObserver(this);
    showItems({});
}

Inspector::~Inspector() { m_editor.removeObserver(this); }

void Inspector::showItems(const QStringList &ids)
{
    std::vector<std::string> nodes;
    std::vector<std::string> comments;
    for (const QString &id : ids) {
        const std::string name = id.toStdString();
        const auto &all = m_editor.chain().comments();
        if (m_editor.chain().node(name))
            nodes.push_back(name);
        else if (std::ranges::find(all, name, &ChainComment::id) != all.end())
            comments.push_back(name);
    }
    std::vector<std::string> shown = nodes.empty() ? comments : nodes;
    if (m_page && !shown.empty() && shown == m_shown)
        return;
    if (!nodes.empty())
        showPage(new NodePage(m_editor, m_context, nodes, nullptr));
    else if (comments.size() == 1)
        showPage(new CommentPage(m_editor, comments.front(), nullptr));
    else if (!comments.empty())
        showHint(tr("%1 comments selected").arg(comments.size()));
    else
        showHint(m_editor.chain().nodes().empty() ? tr("Drag a node onto the canvas: what it does is set here.")
                                                  : tr("Select a node or a wire to see what it does, and to change it."));
    m_trial->showNode(nodes.size() == 1 ? shown.front() : std::string());
    m_shown = std::move(shown);
}

void Inspector::showWire(const Wire &wire)
{
    const bool isThere = std::ranges::any_of(m_editor.chain().wires(), [&](const Wire &other) { return other.hasSameEnds(wire); });
    if (!isThere)
        return showItems({});
    if (const auto *page = qobject_cast<WirePage *>(m_page); page && page->wire().hasSameEnds(wire))
        return;
    showPage(new WirePage(m_editor, wire, nullptr));
    m_trial->showNode({});
    m_shown.clear();
}

void Inspector::focusForm()
{
    if (QWidget *first = m_page ? m_page->firstField() : nullptr)
        first->setFocus(Qt::ShortcutFocusReason);
}

void Inspector::showPage(InspectorPage *page)
{
    // The field that is being edited hands over what it has before it goes.
    if (m_page && m_page->isAncestorOf(m_page->focusWidget()) && m_page->focusWidget()->hasFocus())
        m_page->focusWidget()->clearFocus();
    m_editor.endMerging();
    QWidget *before = m_scroll->takeWidget();
    if (before)
        before->disconnect(this);
    m_page = page;
    const auto *node = qobject_cast<NodePage *>(page);
    GuaranteePanel *guarantee = node ? node->guarantee() : nullptr;
    Q_EMIT weakestChanged({}, {});
    if (guarantee) {
        connect(guarantee, &GuaranteePanel::weakestChanged, this, &Inspector::weakestChanged);
        guarantee->tellWeakest();
    }
    if (before)
        before->deleteLater();
    if (page)
        m_scroll->setWidget(page);
    m_scroll->setVisible(page);
    m_hint->setVisible(!page);
}

void Inspector::showHint(const QString &words)
{
    showPage(nullptr);
    m_hint->setText(words);
}

void Inspector::chainEdited(const ChainEdit &edit)
{
    const auto *node = std::get_if<NodeEdit>(&edit);
    if (!node || !node->before || !node->after || node->before->id == node->after->id || !m_page)
        return;
    m_page->nodeRenamed(node->before->id, node->after->id);
    m_trial->nodeRenamed(node->before->id, node->after->id);
    std::ranges::replace(m_shown, node->before->id, node->after->id);
}

void Inspector::chainReplaced() { showItems({}); }

void Inspector::historyChanged()
{
    if (m_page && !m_page->refresh()) {
        m_shown.clear();
        showItems({});
    }
}

} // namespace sluice
