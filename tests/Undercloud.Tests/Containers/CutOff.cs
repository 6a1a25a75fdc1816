namespace Undercloud.Tests.Containers;

/// <summary>How a command is cut off: before it does anything, half-way, or when it is done and nobody hears of it.</summary>
public enum CutOff
{
    Before,
    Half,
    After,
}
