namespace System;

/// <summary>ilc's start-up code, never linked here, names it.</summary>
public static class AppContext
{
    public static void SetData(string name, object data)
    {
    }
}
