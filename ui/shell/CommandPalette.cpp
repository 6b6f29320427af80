#include "shell/CommandPalette.h"

#include "look/Appearance.h"
#include "look/Icons.h"
#include "look/RowGround.h"
#include "shell/CommandModel.h"
#include "shell/Settings.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace sluice {

namespace {

constexpr int maxRecent = 20;
constexpr int rowHeight = 28;
constexpr int shownRows = 12;

/// Words with the letters that matched in bold, and the keys at the right.
class CommandDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Appearance::theme();
        const bool selected = paintRowGround(painter, option);
        QRect inner = option.rect.adjusted(32, 0, -12, 0);
        const QColor text = theme.color(selected ? "selectionText" : "text");
        if (index.data(CommandModel::CheckedRole).toBool())
            painter->drawPixmap(option.rect.left() + 10, option.rect.center().y() - 7,
                                tintedPixmap(QStringLiteral("check"), 16, painter->device()->devicePixelRatioF(), text));
        const QString keys = index.data(CommandModel::ShortcutRole).toString();
        if (!keys.isEmpty()) {
            const QFont small = Appearance::smallFont();
            painter->setFont(small);
            painter->setPen(theme.color(selected ? "selectionText" : "secondary"));
            painter->drawText(inner, Qt::AlignRight | Qt::AlignVCenter, keys);
            inner.setRight(inner.right() - QFontMetrics(small).horizontalAdvance(keys) - 12);
        }
        const QString words = option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, inner.width());
        const QVariantList places = index.data(CommandModel::PlacesRole).toList();
        QFont bold = option.font;
        bold.setBold(true);
        painter->setPen(text);
        // In runs: kerning and ligatures within a run stay.
        int x = inner.left();
        for (int from = 0; from < words.size();) {
            const bool isMatch = places.contains(from);
            int to = from + 1;
            while (to < words.size() && places.contains(to) == isMatch)
                ++to;
            const QFont &font = isMatch ? bold : option.font;
            const QString run = words.mid(from, to - from);
            painter->setFont(font);
            painter->drawText(QRect(x, inner.top(), inner.right() - x + 1, inner.height()),
                              Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, run);
            x += QFontMetrics(font).horizontalAdvance(run);
            from = to;
        }
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {100, qMax(rowHeight, option.fontMetrics.height() + 8)};
    }
};

} // namespace

CommandPalette::CommandPalette(std::function<std::vector<Command>()> commands, Settings &settings, QWidget *window)
    : QFrame(window), m_commands(std::move(commands)), m_settings(settings), m_field(new QLineEdit),
      m_list(new QListView), m_nothing(new QLabel(tr("No command is called so"))), m_model(new CommandModel(this))
{
    setObjectName(QStringLiteral("palette"));
    setAccessibleName(tr("Command palette"));
    setAutoFillBackground(true);
    m_field->setPlaceholderText(tr("What is to be done? A few letters suffice"));
    m_field->setAccessibleName(tr("Command"));
    m_field->setClearButtonEnabled(false);
    m_field->addAction(themedIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setAccessibleName(tr("Commands"));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_nothing->setObjectName(QStringLiteral("secondary"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setContentsMargins(0, 12, 0, 12);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_field);
    layout->addWidget(m_nothing);
    layout->addWidget(m_list, 1);
    hide();

    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::typed);
    connect(m_list, &QListView::clicked, this, &CommandPalette::choose);
    m_field->installEventFilter(this);
    window->installEventFilter(this);
}

void CommandPalette::open()
{
    m_before = QApplication::focusWidget();
    m_model->setCommands(m_commands(), m_settings.value(setting::recentCommands).toStringList());
    ensurePolished(); // the style has its say in how tall it is
    m_field->clear();
    typed();
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::place()
{
    const QWidget *window = parentWidget();
    const int width = qMin(620, window->width() - 48);
    const int rows = qMin(m_model->rowCount(), shownRows);
    const int below = rows > 0 ? rows * m_list->sizeHintForRow(0) + 2 * m_list->frameWidth() : m_nothing->sizeHint().height();
    const int edges = contentsMargins().top() + contentsMargins().bottom();
    const int height = qMin(edges + m_field->sizeHint().height() + 24 + below, window->height() - 96);
    setGeometry((window->width() - width) / 2, qMin(72, window->height() / 8), width, height);
}

void CommandPalette::typed()
{
    m_model->setTyped(m_field->text());
    m_list->setCurrentIndex(m_model->index(0, 0));
    const bool isEmpty = m_model->rowCount() == 0;
    m_nothing->setVisible(isEmpty);
    m_list->setVisible(!isEmpty);
    place();
    m_list->scrollToTop();
}

void CommandPalette::choose(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    const Command command = m_model->command(index);
    close(true);
    if (!command.id.isEmpty()) {
        QStringList recent = m_settings.value(setting::recentCommands).toStringList();
        recent.removeAll(command.id);
        recent.prepend(command.id);
        m_settings.setValue(setting::recentCommands, recent.mid(0, maxRecent));
    }
    command.act();
}

void CommandPalette::close(bool giveBack)
{
    if (isHidden())
        return;
    const QPointer<QWidget> before = std::exchange(m_before, nullptr);
    hide();
    if (giveBack && before)
        before->setFocus();
}

bool CommandPalette::eventFilter(QObject *object, QEvent *event)
{
    if (object == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    if (object != m_field)
        return QFrame::eventFilter(object, event);
    if (event->type() == QEvent::FocusOut && !m_list->underMouse()) {
        // A menu of the field's takes the keys for a while.
        if (static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason)
            close(false);
    }
    if (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        const bool acts = event->type() == QEvent::KeyPress;
        const auto step = [&](int by, bool wraps) {
            const int rows = m_model->rowCount();
            if (rows == 0)
                return;
            int row = m_list->currentIndex().row() + by;
            row = wraps ? (row + rows) % rows : qBound(0, row, rows - 1);
            m_list->setCurrentIndex(m_model->index(row, 0));
        };
        switch (key->key()) {
        case Qt::Key_Down:
        case Qt::Key_Up:
            if (acts)
                step(key->key() == Qt::Key_Down ? 1 : -1, true);
            break;
        case Qt::Key_PageDown:
        case Qt::Key_PageUp:
            if (acts)
                step(key->key() == Qt::Key_PageDown ? shownRows - 1 : 1 - shownRows, false);
            break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (acts)
                choose(m_list->currentIndex());
            break;
        case Qt::Key_Escape:
            if (acts)
                close(true);
            break;
        default: return false;
        }
        event->accept();
        return true;
    }
    return QFrame::eventFilter(object, event);
}

} // namespace sluice
