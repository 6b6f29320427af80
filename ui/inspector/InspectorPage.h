#pragma once

#include <QWidget>

#include <string>

namespace sluice {

/// What the inspector shows of one selection. It edits the chain, and is asked to follow it.
class InspectorPage : public QWidget
{
public:
    using QWidget::QWidget;

    /// Shows what the chain says now. False: what it shows is gone.
    virtual bool refresh() = 0;
    /// What takes the keyboard first; null if nothing does.
    virtual QWidget *firstField() const = 0;
    virtual void nodeRenamed(const std::string &, const std::string &) {}
};

} // namespace sluice
