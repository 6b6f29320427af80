// The peer of tests/bench/console's start: an empty window, until it has been painted. Links Qt's widgets and nothing of ours.
#include "FirstPaint.h"

#include <QApplication>
#include <QMainWindow>

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QMainWindow window;
    window.resize(1200, 760);
    const sluice::bench::FirstPaint first(&window);
    window.show();
    return QApplication::exec();
}
