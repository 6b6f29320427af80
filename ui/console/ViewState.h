#pragma once

#include "capture/CaptureFilter.h"
#include "console/TimeFormat.h"
#include "console/ViewColumn.h"
#include "text/TextFormats.h"

#include <QJsonObject>
#include <QString>

#include <vector>

namespace sluice {

/// All that makes a view what it is, but for the records: what settings and project files keep of it. A plain
/// value. The sources in its filter are numbers of one capture, and are not kept.
struct ViewState
{
    /// A file that is shown instead of the live capture.
    struct File
    {
        QString path; ///< absolute; empty: the live capture
        TextFormatChoice choice;
        bool operator==(const File &) const = default;
    };

    /// As the reader calls it; empty: by its filter.
    QString name;
    File file;
    CaptureFilter filter;
    std::vector<ViewColumn> columns = viewcolumns::standard();
    TimeFormat time;
    /// By the records' times, and not as they came.
    bool byTime = false;
    bool following = true;
    /// In a window of its own.
    bool ownWindow = false;
    /// Of that window, as QWidget::saveGeometry() has it.
    QByteArray geometry;

    bool operator==(const ViewState &) const = default;

    QJsonObject toJson() const;
    /// What is missing or makes no sense is as in a new view.
    static ViewState fromJson(const QJsonObject &object);

    /// What stands on its tab: its name, or what its filter says ("All", "Errors", "app.db"), behind
    /// the file's name.
    QString title() const;
};

} // namespace sluice
