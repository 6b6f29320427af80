#pragma once

#include "capture/CaptureFilter.h"
#include "console/TimeFormat.h"
#include "console/ViewColumn.h"

#include <QJsonObject>
#include <QString>

#include <vector>

namespace sluice {

/// All that makes a view what it is, but for the records: what settings and project files keep of it. A plain
/// value. The sources in its filter are numbers of one capture, and are not kept.
struct ViewState
{
    /// As the reader calls it; empty: by its filter.
    QString name;
    CaptureFilter filter;
    std::vector<ViewColumn> columns = viewcolumns::standard();
    TimeFormat time;
    bool following = true;
    /// In a window of its own.
    bool ownWindow = false;
    /// Of that window, as QWidget::saveGeometry() has it.
    QByteArray geometry;

    bool operator==(const ViewState &) const = default;

    QJsonObject toJson() const;
    /// What is missing or makes no sense is as in a new view.
    static ViewState fromJson(const QJsonObject &object);

    /// What stands on its tab: its name, or what its filter says ("All", "Errors", "app.db").
    QString title() const;
};

} // namespace sluice
