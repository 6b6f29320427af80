#pragma once

#include "capture/CaptureFilter.h"
#include "console/FilterChip.h"

#include <QWidget>

#include <functional>
#include <vector>

class QMenu;

namespace sluice {

/// All that a view's filter has beside the text that is being typed, as chips, so that nothing hides rows unseen. In
/// as many lines as they need; nothing at all if there are none.
class FilterChips : public QWidget
{
    Q_OBJECT

public:
    explicit FilterChips(QWidget *parent = nullptr);

    const CaptureFilter &filter() const { return m_filter; }
    void setFilter(const CaptureFilter &filter);
    /// How a number of SourceNames is called.
    void setSourceNames(std::function<QString(std::uint32_t)> name) { m_sourceName = std::move(name); }

    const std::vector<FilterChip *> &chips() const { return m_chips; }
    /// What can be done with an expression of the stack.
    void fillMenu(QMenu &menu, std::size_t part);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange(width, false); }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {100, heightForWidth(width())}; }

Q_SIGNALS:
    /// The reader has changed it.
    void changed(const CaptureFilter &filter);
    /// An expression is to be typed anew.
    void editRequested(std::size_t part);
    /// An expression is to be put on a wire of the chain.
    void wireRequested(const QString &expression);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Shown
    {
        FilterChip::Kind kind;
        QString text;
        bool on = true;
    };

    std::vector<Shown> toShow() const;
    void rebuild();
    void connectExpression(FilterChip *chip);
    void clear(FilterChip::Kind kind);
    /// Its place in the stack.
    std::size_t partOf(const FilterChip *chip) const;
    /// Height that the chips take in so many pixels.
    int arrange(int width, bool place) const;
    void change(const std::function<void(CaptureFilter &)> &how);
    void move(std::size_t part, std::size_t to);
    void remove(std::size_t part);
    void drag(std::size_t part, const QPoint &position);
    /// What a chip says, alone, as an expression; empty if none can say it.
    QString expressionOf(const FilterChip *chip) const;
    QString sourcesInWords(const std::vector<std::uint32_t> &sources) const;
    QString timeInWords() const;

    CaptureFilter m_filter;
    std::function<QString(std::uint32_t)> m_sourceName;
    std::vector<FilterChip *> m_chips;
    std::size_t m_firstPart = 0; ///< in m_chips
};

} // namespace sluice
